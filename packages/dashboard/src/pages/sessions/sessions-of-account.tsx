import { useCallback, useMemo } from "react";
import { Link } from "wouter";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { useNews } from "#list/use-news.ts";
import { sessionsPath } from "#location/paths.ts";
import { Instant } from "#parts/instant.tsx";
import { useMay } from "#shell/use-own-operator.ts";
import { texts } from "#texts/texts.ts";
import { EndSessionButton } from "./end-session-button.tsx";
import { nameOf, type Session, sessionIdOf, sessionSays, SessionState } from "./session-cells.tsx";

const words = texts.sessions;

interface Props {
  readonly applicationId: string;
  readonly sessions: readonly Session[];
  readonly about: string;
}

/** The sessions of one account, for its page. */
export function OfAccount({ applicationId, sessions, about }: Props) {
  const news = useNews(about, sessions, sessionIdOf, sessionSays);
  const mayEnd = useMay()("sessions:disconnect");
  const opens = useCallback(({ id }: Session) => sessionsPath(applicationId, { session: id }), [applicationId]);
  const columns = useMemo<readonly Column<Session>[]>(
    () => [
      {
        title: words.client,
        isMain: true,
        cell: (session) => (
          <Link className="lk-row-link" href={opens(session)}>
            {session.clientId ?? words.doors[session.door]}
          </Link>
        ),
      },
      { title: words.state, cell: (session) => <SessionState session={session} /> },
      { title: words.address, cell: ({ address }) => <span className="lk-numbers">{address}</span> },
      { title: words.since, align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
    ],
    [opens],
  );
  const rowActions = useCallback(
    (session: Session) => <EndSessionButton applicationId={applicationId} session={session} />,
    [applicationId],
  );
  return (
    <DataTable
      caption={texts.accounts.one.sessionsCaption}
      columns={columns}
      rows={sessions}
      idOf={sessionIdOf}
      nameOf={nameOf}
      opens={opens}
      news={news}
      rowActions={mayEnd ? rowActions : undefined}
    />
  );
}
