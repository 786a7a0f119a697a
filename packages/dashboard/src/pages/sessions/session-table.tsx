import { useCallback, useMemo } from "react";
import { Link } from "wouter";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { useNews } from "#list/use-news.ts";
import type { Selection } from "#list/use-selection.ts";
import { Instant } from "#parts/instant.tsx";
import { texts } from "#texts/texts.ts";
import { sessionsPath } from "#location/paths.ts";
import { EndSessionButton } from "./end-session-button.tsx";
import { AuthorizedBy, nameOf, type Session, sessionIdOf, sessionSays, SessionState } from "./session-cells.tsx";
import { type SessionFilters, sortingOf } from "./session-filters.ts";

const words = texts.sessions;

interface Props {
  readonly applicationId: string;
  readonly sessions: readonly Session[];
  /** Which list it is, for telling its changes from those of another. */
  readonly about: string;
  readonly filters: SessionFilters;
  readonly onChange: (changed: SessionFilters) => void;
  readonly selection?: Selection | undefined;
  readonly mayEnd: boolean;
  readonly isStale: boolean;
}

export function SessionTable(props: Props) {
  const { applicationId, sessions, about, filters, onChange, selection, mayEnd, isStale } = props;
  const { sort, order } = sortingOf(filters);
  const news = useNews(about, sessions, sessionIdOf, sessionSays);
  const opens = useCallback(
    (session: Session) => sessionsPath(applicationId, { ...filters, session: session.id }),
    [applicationId, filters],
  );
  const columns = useMemo<readonly Column<Session>[]>(
    () => [
      {
        title: words.client,
        isMain: true,
        cell: (session) => (
          <Link className="lk-row-link" href={opens(session)}>
            {session.clientId ?? <span className="lk-quiet">{words.noClient}</span>}
          </Link>
        ),
      },
      { title: words.state, cell: (session) => <SessionState session={session} /> },
      { title: words.who, cell: (session) => <AuthorizedBy applicationId={applicationId} session={session} /> },
      { title: words.address, cell: ({ address }) => <span className="lk-numbers">{address}</span> },
      { title: words.lastSeen, sort: "lastSeen", cell: ({ lastSeenAt }) => <Instant at={lastSeenAt} /> },
      { title: words.since, sort: "created", align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
    ],
    [applicationId, opens],
  );
  const rowActions = useCallback(
    (session: Session) => <EndSessionButton applicationId={applicationId} session={session} />,
    [applicationId],
  );
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={sessions}
      idOf={sessionIdOf}
      nameOf={nameOf}
      opens={opens}
      isStale={isStale}
      news={news}
      sorting={{
        by: sort,
        isDescending: order === "desc",
        change: (by, isDescending) => onChange({ sort: by, order: isDescending ? "desc" : "asc" }),
      }}
      rowActions={mayEnd ? rowActions : undefined}
      {...(selection && { selection })}
    />
  );
}
