import { useState } from "react";
import { Button, Select } from "@mantine/core";
import { IconBan, IconPlus } from "@tabler/icons-react";
import type { InputOf } from "@latchkey/protocol";
import { useParams } from "wouter";
import { ListCard } from "#list/list-card.tsx";
import { SearchField } from "#list/search-field.tsx";
import { usePages } from "#list/use-pages.ts";
import { Notice } from "#parts/notice.tsx";
import { Page } from "#parts/page.tsx";
import { texts } from "#texts/texts.ts";
import { useFilters } from "#location/use-filters.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { AddBlacklistEntry } from "./add-blacklist-entry.tsx";
import { BlacklistTable } from "./blacklist-table.tsx";

const words = texts.blacklist;
const kinds = ["client", "address"] as const;
const makers = ["operator", "client"] as const;

/** Who an application does not want to see again. */
export function BlacklistPage() {
  const { applicationId } = useParams<{ applicationId: string }>();
  const [filters, change] = useFilters(["search", "kind", "madeBy", "sort", "order"]);
  const [isAdding, setAdding] = useState(false);
  const kind = kinds.find((each) => each === filters.kind);
  const madeBy = makers.find((each) => each === filters.madeBy);
  const { search } = filters;
  const sort = filters.sort === "value" ? filters.sort : "created";
  const order = filters.order === "asc" ? filters.order : "desc";
  const input: InputOf<"listBlacklist"> = {
    applicationId,
    sort,
    order,
    count: true,
    ...(search !== undefined && { search }),
    ...(kind && { kind }),
    ...(madeBy && { madeBy }),
  };
  const { query, paging } = usePages("listBlacklist", input);
  const mayUpdate = useMay()("blacklists:update");
  const { entries = [], total } = query.data?.output ?? {};
  const add = mayUpdate && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {words.add.action}
    </Button>
  );
  return (
    <Page title={words.title} about={words.about} actions={add}>
      <ListCard
        query={query}
        paging={paging}
        count={entries.length}
        total={total}
        tools={
          <>
            <SearchField
              value={search ?? ""}
              placeholder={words.search}
              onChange={(text) => change({ search: text })}
            />
            <Select
              aria-label={words.kind}
              placeholder={words.anyKind}
              clearable
              w="13rem"
              data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
              value={kind ?? null}
              onChange={(chosen) => change({ kind: chosen ?? "" })}
            />
            <Select
              aria-label={words.madeBy}
              placeholder={words.anyMaker}
              clearable
              w="12rem"
              data={makers.map((value) => ({ value, label: words.makers[value] }))}
              value={madeBy ?? null}
              onChange={(chosen) => change({ madeBy: chosen ?? "" })}
            />
          </>
        }
        isFiltered={search !== undefined || kind !== undefined || madeBy !== undefined}
        onClearFilters={() => change({ search: "", kind: "", madeBy: "" })}
        empty={
          <Notice icon={IconBan} title={words.empty.title} about={words.empty.about}>
            {add}
          </Notice>
        }
      >
        <BlacklistTable
          applicationId={applicationId}
          entries={entries}
          sorting={{
            by: sort,
            isDescending: order === "desc",
            change: (by, isDescending) => change({ sort: by, order: isDescending ? "desc" : "asc" }),
          }}
          mayUpdate={mayUpdate}
          isStale={query.isPlaceholderData}
        />
      </ListCard>
      <AddBlacklistEntry applicationId={applicationId} opened={isAdding} onClose={() => setAdding(false)} />
    </Page>
  );
}
