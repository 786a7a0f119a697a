import { Select } from "@mantine/core";
import { accountStatuses } from "@latchkey/protocol";
import { useAnswer } from "#api/use-answer.ts";
import { SearchField } from "#list/search-field.tsx";
import { FilterField } from "#list/filter-field.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import type { AccountFilters } from "./account-filters.ts";

const words = texts.accounts;
const truths = ["true", "false"] as const;

interface Props {
  readonly applicationId: string;
  readonly filters: AccountFilters;
  readonly onChange: (changed: AccountFilters) => void;
}

export function AccountTools({ applicationId, filters, onChange }: Props) {
  const may = useMay();
  const { data } = useAnswer("listRoles", { applicationId }, { enabled: may("roles:read") });
  const roles = data?.output.roles ?? [];
  return (
    <>
      <SearchField
        value={filters.search ?? ""}
        placeholder={words.search}
        onChange={(search) => onChange({ search })}
      />
      <Select
        aria-label={words.status}
        placeholder={words.anyStatus}
        clearable
        w="9.5rem"
        data={accountStatuses.map((status) => ({ value: status, label: words.statuses[status] }))}
        value={filters.status ?? null}
        onChange={(status) => onChange({ status: status ?? "" })}
      />
      {(roles.length > 0 || filters.role !== undefined) && (
        <Select
          aria-label={words.role}
          placeholder={words.anyRole}
          clearable
          searchable
          w="9.5rem"
          data={roles}
          value={filters.role ?? null}
          onChange={(role) => onChange({ role: role ?? "" })}
        />
      )}
      <FilterField label={words.level} value={filters.level ?? ""} onChange={(level) => onChange({ level })} />
      <Select
        aria-label={words.blacklist}
        placeholder={words.anyBlacklist}
        clearable
        w="13rem"
        data={truths.map((truth) => ({ value: truth, label: words.blacklisted[truth] }))}
        value={filters.blacklisted ?? null}
        onChange={(blacklisted) => onChange({ blacklisted: blacklisted ?? "" })}
      />
    </>
  );
}
