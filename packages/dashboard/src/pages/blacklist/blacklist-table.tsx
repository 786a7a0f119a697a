import { useCallback } from "react";
import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { OutputOf, RoutedName } from "@latchkey/protocol";
import { call } from "#api/call.ts";
import { newKey } from "#api/new-key.ts";
import { useRefresh } from "#api/use-refresh.ts";
import type { Column } from "#list/column.ts";
import type { Sorting } from "#list/column-head.tsx";
import { DataTable } from "#list/data-table.tsx";
import { CopyButton } from "#parts/copy-button.tsx";
import { Instant } from "#parts/instant.tsx";
import { Tags } from "#parts/tags.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";

const words = texts.blacklist;
const changed: readonly RoutedName[] = ["listBlacklist"];
type Entry = OutputOf<"listBlacklist">["entries"][number];

const columns: readonly Column<Entry>[] = [
  {
    title: words.value,
    sort: "value",
    isMain: true,
    cell: ({ value }) => (
      <Group gap={4} wrap="nowrap">
        <span className="lk-key">{value}</span>
        <CopyButton text={value} what={value} />
      </Group>
    ),
  },
  { title: words.kind, cell: ({ kind }) => <Tags tags={[words.kinds[kind]]} /> },
  { title: words.madeBy, cell: ({ madeBy }) => words.makers[madeBy] },
  {
    title: words.comment,
    isLong: true,
    cell: ({ comment }) => comment !== undefined && <span title={comment}>{comment}</span>,
  },
  { title: words.created, sort: "created", align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
];

interface Props {
  readonly applicationId: string;
  readonly entries: readonly Entry[];
  readonly sorting: Sorting;
  readonly mayUpdate: boolean;
  readonly isStale: boolean;
}

export function BlacklistTable({ applicationId, entries, sorting, mayUpdate, isStale }: Props) {
  const refresh = useRefresh(changed);
  const remove = useCallback(
    async ({ kind, value }: Entry) => {
      const entry = { applicationId, kind, value };
      await call("removeBlacklistEntry", entry);
      toast.done(words.remove.done(value), async () => {
        await call("addBlacklistEntry", entry, { idempotencyKey: newKey() });
        toast.done(words.remove.undone(value));
        await refresh();
      });
      await refresh();
    },
    [applicationId, refresh],
  );
  const rowActions = useCallback(
    (entry: Entry) => (
      <Tooltip label={words.remove.action}>
        <ActionIcon
          aria-label={words.remove.label(entry.value)}
          onClick={() => void remove(entry).catch((error: unknown) => toast.failed(error))}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    ),
    [remove],
  );
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={entries}
      idOf={idOf}
      nameOf={({ value }) => value}
      sorting={sorting}
      isStale={isStale}
      rowActions={mayUpdate ? rowActions : undefined}
    />
  );
}

/** A client may be called like an address. */
function idOf({ kind, value }: Entry): string {
  return `${kind} ${value}`;
}
