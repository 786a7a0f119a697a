import { useMemo } from "react";
import { Link } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { useNews } from "#list/use-news.ts";
import { Instant } from "#parts/instant.tsx";
import { spokenAction } from "#parts/spoken-action.ts";
import { texts } from "#texts/texts.ts";
import { actorText, type AuditEntry, recordText } from "./audit-entry.ts";

const words = texts.audit;

interface Props {
  readonly entries: readonly AuditEntry[];
  /** Which list it is, for telling what is new in it. */
  readonly about: string;
  readonly opens: (entry: AuditEntry) => string;
  readonly showsApplication: boolean;
  readonly isStale: boolean;
}

function idOf({ id }: AuditEntry): string {
  return id;
}

function nameOf({ action }: AuditEntry): string {
  return spokenAction(action);
}

export function AuditTable({ entries, about, opens, showsApplication, isStale }: Props) {
  const news = useNews(about, entries, idOf, idOf);
  const { data } = useAnswer("listApplications", {}, { enabled: showsApplication });
  const applications = data?.output.applications;
  const columns = useMemo<readonly Column<AuditEntry>[]>(() => {
    const names = new Map(applications?.map(({ id, name }) => [id, name]));
    return [
      {
        title: words.what,
        isMain: true,
        cell: (entry) => (
          <Link className="lk-row-link" href={opens(entry)}>
            {nameOf(entry)}
          </Link>
        ),
      },
      { title: words.who, isLong: true, cell: (entry) => <Who entry={entry} /> },
      {
        title: words.record,
        isLong: true,
        cell: ({ record, recordId }) => (
          <>
            {recordText(record)} <span className="lk-quiet lk-key">{recordId}</span>
          </>
        ),
      },
      ...(showsApplication
        ? [
            {
              title: words.application,
              isLong: true as const,
              cell: ({ applicationId }: AuditEntry) =>
                applicationId !== undefined && (names.get(applicationId) ?? applicationId),
            },
          ]
        : []),
      { title: words.one.reason, isLong: true, cell: ({ reason }) => reason },
      { title: words.when, align: "right", cell: ({ at }) => <Instant at={at} /> },
    ];
  }, [applications, opens, showsApplication]);
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={entries}
      idOf={idOf}
      nameOf={nameOf}
      opens={opens}
      isStale={isStale}
      news={news}
    />
  );
}

function Who({ entry }: { readonly entry: AuditEntry }) {
  const { actor } = entry;
  return (
    <span title={words.actors[actor.kind]}>
      {actorText(entry)} {actor.kind === "key" && <span className="lk-tag">{words.actors.key}</span>}
    </span>
  );
}
