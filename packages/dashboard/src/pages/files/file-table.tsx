import { useCallback } from "react";
import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { OutputOf, RoutedName } from "@latchkey/protocol";
import { call } from "#api/call.ts";
import { useRefresh } from "#api/use-refresh.ts";
import type { Column } from "#list/column.ts";
import type { Sorting } from "#list/column-head.tsx";
import { DataTable } from "#list/data-table.tsx";
import { byteText } from "#parts/byte-text.ts";
import { confirm } from "#parts/confirm.tsx";
import { CopyButton } from "#parts/copy-button.tsx";
import { Instant } from "#parts/instant.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";

const words = texts.files;
type StoredFile = OutputOf<"listFiles">["files"][number];
const fileAnswers: readonly RoutedName[] = ["listFiles"];
/** As much of a checksum as is enough to compare by eye. */
const checksumShown = 12;

const columns: readonly Column<StoredFile>[] = [
  { title: words.name, sort: "name", isMain: true, cell: ({ name }) => <span className="lk-file-name">{name}</span> },
  { title: words.size, align: "right", cell: ({ size }) => <span className="lk-numbers">{byteText(size)}</span> },
  {
    title: words.checksum,
    cell: ({ checksum }) => (
      <Group gap={4} wrap="nowrap">
        <span className="lk-key" title={checksum}>
          {checksum.slice(0, checksumShown)}…
        </span>
        <CopyButton text={checksum} what={words.checksum} />
      </Group>
    ),
  },
  {
    title: words.downloads,
    align: "right",
    cell: ({ transferCount }) => <span className="lk-numbers">{transferCount.toLocaleString("en")}</span>,
  },
  {
    title: words.lastDownload,
    cell: ({ lastTransferredAt }) =>
      lastTransferredAt === undefined ? (
        <span className="lk-quiet">{words.never}</span>
      ) : (
        <Instant at={lastTransferredAt} />
      ),
  },
  { title: words.created, sort: "created", align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
];

interface Props {
  readonly applicationId: string;
  readonly files: readonly StoredFile[];
  readonly sorting: Sorting;
  readonly isStale: boolean;
}

function nameOf({ name }: StoredFile): string {
  return name;
}

export function FileTable({ applicationId, files, sorting, isStale }: Props) {
  const mayDelete = useMay()("files:delete");
  const refresh = useRefresh(fileAnswers);
  const remove = useCallback(
    ({ name, transferCount }: StoredFile) =>
      confirm({
        title: words.delete.title(name),
        consequences: words.delete.consequences(transferCount),
        action: words.delete.action,
        asksReason: true,
        onConfirm: async (reason) => {
          await call("deleteFile", { applicationId, name }, { reason });
          toast.done(words.delete.done(name));
          await refresh();
        },
      }),
    [applicationId, refresh],
  );
  const rowActions = useCallback(
    (file: StoredFile) => (
      <Tooltip label={words.delete.action}>
        <ActionIcon aria-label={words.delete.label(file.name)} onClick={() => remove(file)}>
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
      rows={files}
      idOf={nameOf}
      nameOf={nameOf}
      sorting={sorting}
      isStale={isStale}
      rowActions={mayDelete ? rowActions : undefined}
    />
  );
}
