import type { ReactNode } from "react";
import type { OutputOf } from "@latchkey/protocol";
import type { Column } from "#list/column.ts";
import { DataTable } from "#list/data-table.tsx";
import { Instant } from "#parts/instant.tsx";
import { Mark } from "#parts/mark.tsx";
import { texts } from "#texts/texts.ts";
import { useOwnOperator } from "#shell/use-own-operator.ts";

const words = texts.operators;
export type Operator = OutputOf<"listOperators">["operators"][number];

interface Props {
  readonly operators: readonly Operator[];
  readonly rowActions: (operator: Operator) => ReactNode;
  readonly isStale: boolean;
}

const columns: readonly Column<Operator>[] = [
  { title: words.name, isMain: true, cell: (operator) => <Name operator={operator} /> },
  { title: words.role, cell: ({ role }) => <span title={words.roleAbout[role]}>{texts.account.roles[role]}</span> },
  {
    title: words.state,
    cell: ({ disabledAt }) =>
      disabledAt === undefined ? (
        <Mark tone="good" text={words.states.enabled} />
      ) : (
        <Mark tone="bad" text={words.states.disabled} />
      ),
  },
  {
    title: words.factor,
    cell: ({ secondFactor }) => (
      <Mark tone={secondFactor === "on" ? "good" : "warning"} text={words.factors[secondFactor]} />
    ),
  },
  {
    title: words.lastSignIn,
    cell: ({ lastSignInAt }) => (lastSignInAt === undefined ? texts.general.never : <Instant at={lastSignInAt} />),
  },
  { title: words.since, align: "right", cell: ({ createdAt }) => <Instant at={createdAt} /> },
];

export function OperatorTable({ operators, rowActions, isStale }: Props) {
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={operators}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      isStale={isStale}
      rowActions={rowActions}
    />
  );
}

function Name({ operator: { id, name, email } }: { readonly operator: Operator }) {
  const { data: own } = useOwnOperator();
  return (
    <>
      <strong>{name}</strong> {own?.operator.id === id && <span className="lk-tag">{words.you}</span>}
      <div className="lk-section-about">{email}</div>
    </>
  );
}
