import type { OutputOf } from "@latchkey/protocol";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import type { Selection } from "#list/use-selection.ts";
import { CopyButton } from "#parts/copy-button.tsx";
import { spanText } from "#parts/format-time.ts";
import { Instant } from "#parts/instant.tsx";
import { LicenseState } from "#parts/license-state.tsx";
import { Tags } from "#parts/tags.tsx";
import { texts } from "#texts/texts.ts";
import { type LicenseFilters, sortingOf } from "./license-filters.ts";

export type License = OutputOf<"showLicense">["license"];

const words = texts.licenses;
const levelsShown = 2;

export function licensePath(applicationId: string, id: string): string {
  return `/applications/${encodeURIComponent(applicationId)}/licenses/${encodeURIComponent(id)}`;
}

const columns: readonly Column<License>[] = [
  {
    title: words.key,
    sort: "key",
    isMain: true,
    cell: ({ id, applicationId, license }) => (
      <span className="lk-row-main">
        <a className="lk-row-link lk-key" href={`#${licensePath(applicationId, id)}`}>
          {license}
        </a>
        <CopyButton text={license} what={license} />
      </span>
    ),
  },
  { title: words.state, cell: ({ state }) => <LicenseState state={state} /> },
  { title: words.levels, cell: ({ levels }) => levels.length > 0 && <Tags tags={levels} atMost={levelsShown} /> },
  {
    title: words.expires,
    sort: "expires",
    cell: ({ expiresAt, durationMs }) =>
      expiresAt !== undefined ? (
        <Instant at={expiresAt} />
      ) : durationMs === undefined ? (
        words.lifetime
      ) : (
        <span title={words.fromActivation(spanText(durationMs))}>{spanText(durationMs)}</span>
      ),
  },
  {
    title: words.lastUsed,
    sort: "lastUsed",
    cell: ({ lastUsedAt }) => lastUsedAt !== undefined && <Instant at={lastUsedAt} />,
  },
  { title: words.comment, isLong: true, cell: ({ comment }) => comment },
  { title: words.created, sort: "created", align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
];

interface Props {
  readonly applicationId: string;
  readonly licenses: readonly License[];
  readonly filters: LicenseFilters;
  readonly onChange: (changed: LicenseFilters) => void;
  readonly selection?: Selection;
  readonly isStale: boolean;
}

export function LicenseTable({ applicationId, licenses, filters, onChange, selection, isStale }: Props) {
  const { sort, order } = sortingOf(filters);
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={licenses}
      idOf={({ id }) => id}
      nameOf={({ license }) => license}
      opens={({ id }) => licensePath(applicationId, id)}
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
