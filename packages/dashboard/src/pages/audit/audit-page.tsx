import { useCallback } from "react";
import { IconHistory } from "@tabler/icons-react";
import { useLocation, useParams } from "wouter";
import { ListCard } from "#list/list-card.tsx";
import { usePages } from "#list/use-pages.ts";
import { LiveMark } from "#parts/live-mark.tsx";
import { Notice } from "#parts/notice.tsx";
import { Page } from "#parts/page.tsx";
import { texts } from "#texts/texts.ts";
import { useFilters } from "#location/use-filters.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { filterNames, filterOf } from "./audit-filters.ts";
import { AuditTable } from "./audit-table.tsx";
import { AuditTools } from "./audit-tools.tsx";
import { EntryDetails } from "./entry-details.tsx";
import { ExportAudit } from "./export-audit.tsx";
import { VerifyAudit } from "./verify-audit.tsx";

const words = texts.audit;
const none: readonly AuditEntry[] = [];

/** Who has changed what: of one application, or of the whole server. New entries come by themselves. */
export function AuditPage() {
  const { applicationId } = useParams<{ applicationId?: string }>();
  const [path] = useLocation();
  const [filters, change] = useFilters(filterNames);
  const filter = filterOf(filters);
  const input = { ...filter, ...(applicationId !== undefined && { applicationId }) };
  const { query, paging, isLive } = usePages("listAudit", input, { follows: true });
  const { entries = none } = query.data?.output ?? {};
  const filteredPath = useCallback(
    (wanted: Readonly<Record<string, string>>) => `${path}?${new URLSearchParams(wanted).toString()}`,
    [path],
  );
  const opens = useCallback(({ id }: AuditEntry) => filteredPath({ ...filters, entry: id }), [filteredPath, filters]);
  return (
    <Page
      title={words.title}
      mark={<LiveMark isLive={isLive} />}
      about={words.about}
      actions={
        <>
          {applicationId === undefined && <VerifyAudit />}
          <ExportAudit applicationId={input.applicationId} />
        </>
      }
    >
      <ListCard
        query={query}
        paging={paging}
        count={entries.length}
        tools={<AuditTools filters={filters} onChange={change} asksApplication={applicationId === undefined} />}
        isFiltered={Object.keys(filter).length > 0}
        onClearFilters={() => change(Object.fromEntries(filterNames.map((name) => [name, ""])))}
        empty={<Notice icon={IconHistory} title={words.emptyTitle} about={words.emptyAbout} />}
      >
        <AuditTable
          entries={entries}
          about={query.isPlaceholderData ? "" : `${JSON.stringify(input)} ${paging.page} ${paging.size}`}
          opens={opens}
          showsApplication={applicationId === undefined}
          isStale={query.isPlaceholderData}
        />
      </ListCard>
      <EntryDetails
        id={filters.entry}
        entries={entries}
        filteredPath={filteredPath}
        onClose={() => change({ entry: "" })}
      />
    </Page>
  );
}
