import { useState } from "react";
import { Button, Group, MultiSelect, Stack, Switch, TextInput } from "@mantine/core";
import type { InputOf, Scope } from "@latchkey/protocol";
import { useAnswer } from "#api/use-answer.ts";
import { useNow } from "#clock.ts";
import { DurationField, durationMs, type DurationValue } from "#parts/duration-field.tsx";
import { ProblemLine } from "#parts/problem-line.tsx";
import { texts } from "#texts/texts.ts";
import { useCurrentApplicationId } from "#shell/use-current-application.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { ScopeField } from "./scope-field.tsx";
import { scopePresets } from "./scope-presets.ts";

const words = texts.keys.create;
const applicationsAtMost = 100;

interface Props {
  readonly running: boolean;
  readonly error: unknown;
  readonly onCancel: () => void;
  readonly onSubmit: (input: InputOf<"createManagementKey">) => void;
}

/** Begins with as little as a shop needs, for the application that one is at. */
export function KeyForm({ running, error, onCancel, onSubmit }: Props) {
  const now = useNow();
  const current = useCurrentApplicationId();
  const mayReadApplications = useMay()("applications:read");
  const { data } = useAnswer("listApplications", {}, { enabled: mayReadApplications });
  const applications = data?.output.applications ?? [];
  const isCurrentThere = applications.some(({ id }) => id === current);
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<ReadonlySet<Scope>>(new Set(scopePresets.sell));
  const [picked, setPicked] = useState<readonly string[]>();
  const [isLimited, setLimited] = useState(mayReadApplications);
  const [valid, setValid] = useState<DurationValue>({ amount: 365, unit: "days" });
  const applicationIds = picked ?? (current !== undefined && isCurrentThere ? [current] : []);
  const isComplete = scopes.size > 0 && name.trim() !== "" && !(isLimited && applicationIds.length === 0);
  const submit = () => {
    const validMs = durationMs(valid);
    onSubmit({
      name: name.trim(),
      scopes: [...scopes],
      ...(isLimited && { applicationIds: [...applicationIds] }),
      ...(validMs !== undefined && { expiresAt: now + validMs }),
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) submit();
      }}
    >
      <Stack>
        <TextInput
          label={texts.keys.name}
          description={words.nameHint}
          autoComplete="off"
          maxLength={64}
          data-autofocus
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ScopeField chosen={scopes} onChange={setScopes} />
        {mayReadApplications && (
          <Switch
            label={words.someApplications}
            description={words.someApplicationsHint}
            checked={isLimited}
            onChange={(event) => setLimited(event.currentTarget.checked)}
          />
        )}
        {isLimited && (
          <MultiSelect
            label={texts.keys.applications}
            placeholder={applicationIds.length === 0 ? words.choose : ""}
            searchable
            hidePickedOptions
            maxValues={applicationsAtMost}
            data={applications.map(({ id, name: label }) => ({ value: id, label }))}
            value={[...applicationIds]}
            onChange={setPicked}
          />
        )}
        <DurationField label={words.valid} mayBeForever value={valid} onChange={setValid} />
        <ProblemLine error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {texts.general.cancel}
          </Button>
          <Button type="submit" loading={running} disabled={!isComplete}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
