import { Select } from "@mantine/core";
import { licenseStates } from "@latchkey/protocol";
import { FilterField } from "#list/filter-field.tsx";
import { SearchField } from "#list/search-field.tsx";
import { texts } from "#texts/texts.ts";
import type { LicenseFilters } from "./license-filters.ts";

const words = texts.licenses;

interface Props {
  readonly filters: LicenseFilters;
  readonly onChange: (changed: LicenseFilters) => void;
}

export function LicenseTools({ filters, onChange }: Props) {
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
      <FilterField label={words.filterLevel} value={filters.level ?? ""} onChange={(level) => onChange({ level })} />
    </>
  );
}
