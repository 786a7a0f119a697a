import { useCallback, useMemo } from "react";
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { Link } from "wouter";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { useNews } from "#list/use-news.ts";
import type { Selection } from "#list/use-selection.ts";
import { Instant } from "#parts/instant.tsx";
import { texts } from "#texts/texts.ts";
import { sessionsPath } from "../../location/paths.ts";
import { AuthorizedBy, nameOf, type Session, SessionState } from "./session-cells.tsx";
import { type SessionFilters, sortingOf } from "./session-filters.ts";
import { useEndSession } from "./use-end-session.ts";

const words = texts.sessions;

function idOf({ id }: Session): string {
  return id;
}

/** What is news when it changes; when a session was last seen is none. */
function saysOf({ connected, accountId, licenseId, address }: Session): string {
  return JSON.stringify([connected, accountId, licenseId, address]);
}

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
  const news = useNews(about, sessions, idOf, saysOf);
  const end = useEndSession(applicationId);
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
      { title: words.door, cell: ({ door }) => words.doors[door] },
      { title: words.lastSeen, sort: "lastSeen", cell: ({ lastSeenAt }) => <Instant at={lastSeenAt} /> },
      { title: words.since, sort: "created", align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
    ],
    [applicationId, opens],
  );
  const rowActions = useCallback(
    (session: Session) => (
      <Tooltip label={words.end.action}>
        <ActionIcon aria-label={words.end.label(nameOf(session))} onClick={() => end(session)}>
          <IconPlugConnectedX size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    ),
    [end],
  );
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={sessions}
      idOf={idOf}
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
