import { IconUsers } from "@tabler/icons-react";
import { useParams } from "wouter";
import { useRefresh } from "#api/use-refresh.ts";
import { BulkBar } from "#bulk/bulk-bar.tsx";
import { ListCard } from "#list/list-card.tsx";
import { usePages } from "#list/use-pages.ts";
import { useSelection } from "#list/use-selection.ts";
import { Notice } from "#parts/notice.tsx";
import { Page } from "#parts/page.tsx";
import { texts } from "#texts/texts.ts";
import { useFilters } from "#location/use-filters.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { filterNames, filterOf, sortingOf } from "./account-filters.ts";
import { AccountTable } from "./account-table.tsx";
import { AccountTools } from "./account-tools.tsx";
import { accountAnswers, accountDeeds } from "./account-deeds.ts";
import { CreateAccount } from "./create-account.tsx";

const words = texts.accounts;

export function AccountsPage() {
  const { applicationId } = useParams<{ applicationId: string }>();
  const [filters, change] = useFilters(filterNames);
  const filter = filterOf(filters);
  const input = { applicationId, ...filter, ...sortingOf(filters), count: true };
  const { query, paging } = usePages("listAccounts", input);
  const selection = useSelection(JSON.stringify(input));
  const refresh = useRefresh(accountAnswers);
  const may = useMay();
  const { accounts = [], total } = query.data?.output ?? {};
  const isFiltered = Object.keys(filter).length > 0;
  const create = may("accounts:create") && <CreateAccount applicationId={applicationId} />;
  return (
    <Page title={words.title} about={words.about} actions={create}>
      <ListCard
        query={query}
        paging={paging}
        count={accounts.length}
        total={total}
        tools={<AccountTools applicationId={applicationId} filters={filters} onChange={change} />}
        chosen={
          <BulkBar
            applicationId={applicationId}
            selection={selection}
            deeds={accountDeeds}
            everything={{ accounts: filter }}
            shown={accounts.length}
            total={total}
            onChanged={refresh}
          />
        }
        isFiltered={isFiltered}
        onClearFilters={() => change(Object.fromEntries(Object.keys(filter).map((name) => [name, ""])))}
        empty={
          <Notice icon={IconUsers} title={words.empty.title} about={words.empty.about}>
            {create}
          </Notice>
        }
      >
        <AccountTable
          applicationId={applicationId}
          accounts={accounts}
          filters={filters}
          onChange={change}
          selection={may("accounts:update") ? selection : undefined}
          isStale={query.isPlaceholderData}
        />
      </ListCard>
    </Page>
  );
}
