import { useCallback, useMemo } from "react";
import { ActionIcon, Group, Tooltip, UnstyledButton } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { CopyButton } from "#parts/copy-button.tsx";
import { Mark } from "#parts/mark.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { useDeleteVariable } from "./use-delete-variable.ts";
import type { Variable } from "./variable.ts";

const words = texts.variables;

interface Props {
  readonly applicationId: string;
  readonly variables: readonly Variable[];
  readonly isDescending: boolean;
  readonly onOrder: (isDescending: boolean) => void;
  readonly onEdit: (name: string) => void;
  readonly isStale: boolean;
}

function nameOf({ name }: Variable): string {
  return name;
}

export function VariableTable({ applicationId, variables, isDescending, onOrder, onEdit, isStale }: Props) {
  const may = useMay();
  const remove = useDeleteVariable(applicationId);
  const [mayUpdate, mayDelete] = [may("variables:update"), may("variables:delete")];
  const columns = useMemo<readonly Column<Variable>[]>(
    () => [
      {
        title: words.name,
        sort: "name",
        isMain: true,
        cell: ({ name }) => (
          <Group gap={4} wrap="nowrap">
            <UnstyledButton className="lk-row-link lk-key" onClick={() => onEdit(name)}>
              {name}
            </UnstyledButton>
            <CopyButton text={name} what={name} />
          </Group>
        ),
      },
      { title: words.content, isLong: true, cell: ({ content }) => <span title={content}>{content}</span> },
      {
        title: words.visibility,
        cell: (variable) => (
          <Mark tone={variable.public ? "new" : "quiet"} text={variable.public ? words.public : words.protected} />
        ),
      },
    ],
    [onEdit],
  );
  const rowActions = useCallback(
    (variable: Variable) => (
      <Group gap={4} wrap="nowrap" justify="flex-end">
        {mayUpdate && (
          <Tooltip label={words.edit.action}>
            <ActionIcon aria-label={words.edit.label(variable.name)} onClick={() => onEdit(variable.name)}>
              <IconPencil size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        {mayDelete && (
          <Tooltip label={words.delete.action}>
            <ActionIcon aria-label={words.delete.label(variable.name)} onClick={() => remove(variable)}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    ),
    [mayUpdate, mayDelete, onEdit, remove],
  );
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={variables}
      idOf={nameOf}
      nameOf={nameOf}
      isStale={isStale}
      sorting={{ by: "name", isDescending, change: (_, descending) => onOrder(descending) }}
      rowActions={mayUpdate || mayDelete ? rowActions : undefined}
    />
  );
}
