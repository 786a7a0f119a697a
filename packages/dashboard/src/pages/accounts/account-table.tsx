import { useCallback, useMemo } from "react";
import { Link } from "wouter";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import type { Selection } from "#list/use-selection.ts";
import { AccountStatus } from "#parts/account-status.tsx";
import { Instant } from "#parts/instant.tsx";
import { Tags } from "#parts/tags.tsx";
import { texts } from "#texts/texts.ts";
import { accountPath } from "#location/paths.ts";
import { type AccountFilters, sortingOf } from "./account-filters.ts";
import { type Account, accountName } from "./account-name.ts";

const words = texts.accounts;
const levelsShown = 3;

function idOf({ id }: Account): string {
  return id;
}

interface Props {
  readonly applicationId: string;
  readonly accounts: readonly Account[];
  readonly filters: AccountFilters;
  readonly onChange: (changed: AccountFilters) => void;
  readonly selection: Selection | undefined;
  readonly isStale: boolean;
}

export function AccountTable({ applicationId, accounts, filters, onChange, selection, isStale }: Props) {
  const { sort, order } = sortingOf(filters);
  const opens = useCallback(({ id }: Account) => accountPath(applicationId, id), [applicationId]);
  const columns = useMemo<readonly Column<Account>[]>(
    () => [
      {
        title: words.name,
        sort: "login",
        isMain: true,
        cell: (account) => (
          <>
            <Link className="lk-row-link" href={opens(account)}>
              {accountName(account)}
            </Link>
            {account.login !== undefined && account.email !== undefined && (
              <div className="lk-quiet lk-small">{account.email}</div>
            )}
          </>
        ),
      },
      { title: words.status, cell: ({ status }) => <AccountStatus status={status} /> },
      { title: words.levels, cell: ({ levels }) => levels.length > 0 && <Tags tags={levels} atMost={levelsShown} /> },
      { title: words.comment, isLong: true, cell: ({ comment }) => comment },
      {
        title: words.lastLogin,
        sort: "lastLogin",
        cell: ({ lastLoginAt }) => lastLoginAt !== undefined && <Instant at={lastLoginAt} />,
      },
      { title: words.created, sort: "created", align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
    ],
    [opens],
  );
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={accounts}
      idOf={idOf}
      nameOf={accountName}
      opens={opens}
      isStale={isStale}
      sorting={{
        by: sort,
        isDescending: order === "desc",
        change: (by, isDescending) => onChange({ sort: by, order: isDescending ? "desc" : "asc" }),
      }}
      {...(selection && { selection })}
    />
  );
}
