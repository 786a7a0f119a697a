import { useState } from "react";
import { Button, Group, Modal } from "@mantine/core";
import { IconColumns3, IconPlus } from "@tabler/icons-react";
import { useAnswer } from "#api/use-answer.ts";
import { useChange } from "#api/use-change.ts";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { ListCard } from "#list/list-card.tsx";
import { confirm } from "#parts/confirm.tsx";
import { Notice } from "#parts/notice.tsx";
import { Section } from "#parts/section.tsx";
import { Tags } from "#parts/tags.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import type { AccountColumn } from "./account-column.ts";
import { ColumnForm } from "./column-form.tsx";
import type { TabProps } from "./tab-props.ts";

const words = texts.applications.columns;

const columns: readonly Column<AccountColumn>[] = [
  { title: words.name, isMain: true, cell: ({ name }) => <strong>{name}</strong> },
  { title: words.type, cell: ({ type }) => words.types[type] },
  {
    title: words.rules,
    cell: ({ required, unique }) => {
      const rules = [...(required ? [words.required] : []), ...(unique ? [words.unique] : [])];
      return rules.length > 0 && <Tags tags={rules} />;
    },
  },
  {
    title: words.defaultValue,
    isLong: true,
    cell: ({ defaultValue }) => (defaultValue === null ? undefined : JSON.stringify(defaultValue)),
  },
  { title: words.createdBy, cell: ({ createdBy }) => words.creators[createdBy] },
];

export function ColumnsTab({ application: { id: applicationId } }: TabProps) {
  const query = useAnswer("listColumns", { applicationId });
  const [edited, setEdited] = useState<AccountColumn | "new">();
  const mayChange = useMay()("applications:update");
  const remove = useChange("deleteColumn", { refreshes: ["listColumns"], onDone: () => toast.done(words.deleted) });
  const rows = query.data?.output.columns ?? [];
  const ask = (name: string) =>
    confirm({
      title: words.deleteTitle(name),
      consequences: words.deleteConsequences,
      action: words.delete,
      typedName: name,
      asksReason: true,
      onConfirm: (reason) => remove.mutateAsync({ input: { applicationId, name }, reason }),
    });
  const add = mayChange && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited("new")}>
      {words.add}
    </Button>
  );
  const actionsOf = (column: AccountColumn) => (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setEdited(column)}>
        {words.edit}
      </Button>
      <Button size="compact-sm" variant="subtle" color="red" onClick={() => ask(column.name)}>
        {texts.general.delete}
      </Button>
    </Group>
  );
  return (
    <Section title={words.title} about={words.about} actions={add} flush>
      <ListCard
        isPlain
        query={query}
        count={rows.length}
        empty={<Notice icon={IconColumns3} title={words.emptyTitle} about={words.emptyAbout} />}
      >
        <DataTable
          caption={words.caption}
          columns={columns}
          rows={rows}
          idOf={({ name }) => name}
          nameOf={({ name }) => name}
          {...(mayChange && { rowActions: actionsOf })}
        />
      </ListCard>
      <Modal
        opened={edited !== undefined}
        onClose={() => setEdited(undefined)}
        title={edited === "new" ? words.add : words.editTitle}
      >
        <ColumnForm
          applicationId={applicationId}
          column={edited === "new" ? undefined : edited}
          onDone={() => setEdited(undefined)}
        />
      </Modal>
    </Section>
  );
}
