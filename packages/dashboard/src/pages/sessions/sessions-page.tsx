import { Button } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { Link, useParams } from "wouter";
import { useRefresh } from "#api/use-refresh.ts";
import { BulkBar } from "#bulk/bulk-bar.tsx";
import type { BulkDeed } from "#bulk/bulk-deed.ts";
import { ListCard } from "#list/list-card.tsx";
import { usePages } from "#list/use-pages.ts";
import { useSelection } from "#list/use-selection.ts";
import { LiveMark } from "#parts/live-mark.tsx";
import { Notice } from "#parts/notice.tsx";
import { Page } from "#parts/page.tsx";
import { texts } from "#texts/texts.ts";
import { within } from "#location/paths.ts";
import { useFilters } from "#location/use-filters.ts";
import { useMay } from "#shell/use-own-operator.ts";
import type { Session } from "./session-cells.tsx";
import { SessionCounts } from "./session-counts.tsx";
import { SessionDetails } from "./session-details.tsx";
import { filterNames, filterOf, sortingOf } from "./session-filters.ts";
import { SessionTable } from "./session-table.tsx";
import { SessionTools } from "./session-tools.tsx";
import { sessionAnswers } from "./use-end-session.ts";

const words = texts.sessions;
const deeds: readonly BulkDeed[] = [{ kind: "endSessions", ...words.endMany }];
const none: readonly Session[] = [];

/** Who uses the program now. The page that is shown is followed, so that it stays true by itself. */
export function SessionsPage() {
  const { applicationId } = useParams<{ applicationId: string }>();
  const [filters, change] = useFilters(filterNames);
  const filter = filterOf(filters);
  const input = { applicationId, ...filter, ...sortingOf(filters), count: true };
  const { query, paging, isLive } = usePages("findSessions", input, { follows: true });
  const selection = useSelection(JSON.stringify(input));
  const refresh = useRefresh(sessionAnswers);
  const mayEnd = useMay()("sessions:disconnect");
  const { sessions = none, total } = query.data?.output ?? {};
  const isFiltered = Object.keys(filter).length > 0;
  const clear = () => {
    const { sort, order, ...others } = filters;
    change(Object.fromEntries(Object.keys(others).map((name) => [name, ""])));
  };
  return (
    <Page
      title={words.title}
      mark={<LiveMark isLive={isLive} />}
      about={words.about}
      actions={<SessionCounts applicationId={applicationId} />}
    >
      <ListCard
        query={query}
        paging={paging}
        count={sessions.length}
        total={total}
        tools={<SessionTools filters={filters} onChange={change} />}
        chosen={
          <BulkBar
            applicationId={applicationId}
            selection={selection}
            deeds={deeds}
            everything={{ sessions: filter }}
            shown={sessions.length}
            total={total}
            onChanged={refresh}
          />
        }
        isFiltered={isFiltered}
        onClearFilters={clear}
        empty={
          <Notice icon={IconPlugConnected} title={words.empty.title} about={words.empty.about}>
            <Button component={Link} href={`${within(applicationId)}/overview`} variant="default">
              {words.empty.action}
            </Button>
          </Notice>
        }
      >
        <SessionTable
          applicationId={applicationId}
          sessions={sessions}
          about={query.isPlaceholderData ? "" : `${JSON.stringify(input)} ${paging.page} ${paging.size}`}
          filters={filters}
          onChange={change}
          selection={mayEnd ? selection : undefined}
          mayEnd={mayEnd}
          isStale={query.isPlaceholderData}
        />
      </ListCard>
      <SessionDetails
        applicationId={applicationId}
        sessionId={filters.session}
        onClose={() => change({ session: "" })}
      />
    </Page>
  );
}
