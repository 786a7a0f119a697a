import { useEffect, useState } from "react";
import { Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { licenseStates } from "@latchkey/protocol";
import { SearchField } from "#list/search-field.tsx";
import { texts } from "#texts/texts.ts";
import type { LicenseFilters } from "./license-filters.ts";

const words = texts.licenses;
const waitMs = 300;

interface Props {
  readonly filters: LicenseFilters;
  readonly onChange: (changed: LicenseFilters) => void;
}

export function LicenseTools({ filters, onChange }: Props) {
  const [level, setLevel] = useState(filters.level ?? "");
  const filterLevel = useDebouncedCallback((wanted: string) => onChange({ level: wanted.trim() }), waitMs);
  useEffect(() => setLevel(filters.level ?? ""), [filters.level]);
  return (
    <>
      <SearchField
        value={filters.search ?? ""}
        placeholder={words.search}
        onChange={(search) => onChange({ search })}
      />
      <Select
        aria-label={words.filterState}
        placeholder={words.anyState}
        clearable
        w="10.5rem"
        data={licenseStates.map((state) => ({ value: state, label: words.states[state] }))}
        value={filters.state ?? null}
        onChange={(state) => onChange({ state: state ?? "" })}
      />
      <TextInput
        aria-label={words.filterLevel}
        placeholder={words.filterLevel}
        w="8rem"
        value={level}
        onChange={(event) => {
          setLevel(event.currentTarget.value);
          filterLevel(event.currentTarget.value);
        }}
      />
    </>
  );
}
