import { CloseButton, Select, TextInput } from "@mantine/core";
import { actorKinds, definitionOf, operationNames } from "@latchkey/protocol";
import { useAnswer } from "#api/use-answer.ts";
import { spokenAction } from "#parts/spoken-action.ts";
import { texts } from "#texts/texts.ts";
import { type AuditFilters, exactNames } from "./audit-filters.ts";

const words = texts.audit;
const optionsAtMost = 60;
const actors = actorKinds.map((kind) => ({ value: kind, label: words.actors[kind] }));
const records = Object.entries(words.records).map(([value, label]) => ({ value, label }));
/** What only asks is in no audit log. */
const actions = operationNames
  .filter((name) => definitionOf(name).route?.startsWith("GET ") !== true)
  .map((name) => ({ value: name, label: spokenAction(name) }))
  .toSorted((one, other) => one.label.localeCompare(other.label, "en"));

interface Props {
  readonly filters: AuditFilters;
  readonly onChange: (changed: AuditFilters) => void;
  readonly asksApplication: boolean;
}

export function AuditTools({ filters, onChange, asksApplication }: Props) {
  return (
    <>
      {asksApplication && <ApplicationFilter filters={filters} onChange={onChange} />}
      <Select
        aria-label={words.who}
        placeholder={words.anyActor}
        clearable
        w="10rem"
        data={actors}
        value={filters.actor ?? null}
        onChange={(actor) => onChange({ actor: actor ?? "" })}
      />
      <Select
        aria-label={words.what}
        placeholder={words.anyAction}
        clearable
        searchable
        limit={optionsAtMost}
        w="13rem"
        data={actions}
        value={filters.action ?? null}
        onChange={(action) => onChange({ action: action ?? "" })}
      />
      <Select
        aria-label={words.record}
        placeholder={words.anyRecord}
        clearable
        searchable
        w="10rem"
        data={records}
        value={filters.record ?? null}
        onChange={(record) => onChange({ record: record ?? "" })}
      />
      {(["from", "to"] as const).map((side) => (
        <TextInput
          key={side}
          type="date"
          aria-label={words[side]}
          leftSection={<span className="lk-section-about">{words[side]}</span>}
          leftSectionWidth={48}
          w="12rem"
          value={filters[side] ?? ""}
          onChange={(event) => onChange({ [side]: event.currentTarget.value })}
        />
      ))}
      {exactNames.map((name) => {
        const value = filters[name];
        if (value === undefined) return null;
        return (
          <span key={name} className="lk-chip">
            {words.exact[name]}: <span className="lk-key">{value}</span>
            <CloseButton
              size="xs"
              aria-label={words.removeFilter(words.exact[name])}
              onClick={() => onChange({ [name]: "" })}
            />
          </span>
        );
      })}
    </>
  );
}

function ApplicationFilter({ filters, onChange }: Pick<Props, "filters" | "onChange">) {
  const { data } = useAnswer("listApplications", {});
  return (
    <Select
      aria-label={words.application}
      placeholder={words.anyApplication}
      clearable
      searchable
      w="12rem"
      data={(data?.output.applications ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={filters.application ?? null}
      onChange={(application) => onChange({ application: application ?? "" })}
    />
  );
}
