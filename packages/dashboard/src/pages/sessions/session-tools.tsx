import { CloseButton, Select } from "@mantine/core";
import { SearchField } from "#list/search-field.tsx";
import { texts } from "#texts/texts.ts";
import { doors, exactNames, type SessionFilters } from "./session-filters.ts";

const words = texts.sessions;
const truths = ["true", "false"] as const;

interface Props {
  readonly filters: SessionFilters;
  readonly onChange: (changed: SessionFilters) => void;
}

export function SessionTools({ filters, onChange }: Props) {
  return (
    <>
      <SearchField
        value={filters.search ?? ""}
        placeholder={words.search}
        onChange={(search) => onChange({ search })}
      />
      <Select
        aria-label={words.door}
        placeholder={words.anyDoor}
        clearable
        w="9rem"
        data={doors.map((door) => ({ value: door, label: words.doors[door] }))}
        value={filters.door ?? null}
        onChange={(door) => onChange({ door: door ?? "" })}
      />
      <Select
        aria-label={words.connection}
        placeholder={words.anyState}
        clearable
        w="12rem"
        data={truths.map((truth) => ({ value: truth, label: words.filterConnected[truth] }))}
        value={filters.connected ?? null}
        onChange={(connected) => onChange({ connected: connected ?? "" })}
      />
      <Select
        aria-label={words.authorization}
        placeholder={words.anyAuthorization}
        clearable
        w="12rem"
        data={truths.map((truth) => ({ value: truth, label: words.filterAuthorized[truth] }))}
        value={filters.authorized ?? null}
        onChange={(authorized) => onChange({ authorized: authorized ?? "" })}
      />
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
