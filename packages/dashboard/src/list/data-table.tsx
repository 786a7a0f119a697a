import { type MouseEvent, type ReactNode, useCallback } from "react";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { Choice } from "./choice.tsx";
import type { Column } from "./column.ts";
import { ColumnHead, type Sorting } from "./column-head.tsx";
import { TableRow } from "./table-row.tsx";
import type { Selection } from "./use-selection.ts";

interface Props<Row> {
  /** What the table shows, for who does not see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  /** What a row is called, where it is chosen. */
  readonly nameOf: (row: Row) => string;
  /** The page of a row; the table's main column should link there too. */
  readonly opens?: (row: Row) => string;
  readonly selection?: Selection;
  readonly sorting?: Sorting;
  /** The rows are those of the question before. */
  readonly isStale?: boolean;
  /** What can be done with a row. */
  readonly rowActions?: ((row: Row) => ReactNode) | undefined;
  /** How often a row has changed while it was looked at, by its id. */
  readonly news?: ReadonlyMap<string, number>;
}

/** Rows that the server has chosen, ordered and cut into pages. */
export function DataTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, idOf, nameOf, opens, selection, sorting, isStale = false, rowActions, news } = props;
  const ids = rows.map(idOf);
  const chosenHere = ids.filter((id) => selection?.ids.has(id)).length;
  const open = useCallback((event: MouseEvent<HTMLElement>, to: string) => {
    const isHandled =
      event.target instanceof Element && event.target.closest("a, button, input, label, [role=menuitem]");
    if (!isHandled && getSelection()?.isCollapsed !== false) navigate(to);
  }, []);
  return (
    <div className="lk-table-box">
      <table className="lk-table" aria-label={caption} {...(isStale && { "data-stale": true, "aria-busy": true })}>
        <thead>
          <tr>
            {selection && (
              <th scope="col">
                <Choice
                  label={texts.general.list.chooseAll}
                  checked={chosenHere > 0 && chosenHere === ids.length}
                  indeterminate={chosenHere > 0 && chosenHere < ids.length}
                  onChange={(isChosen) => selection.set(ids, isChosen)}
                />
              </th>
            )}
            {columns.map((column) => (
              <ColumnHead key={column.title} column={column} sorting={sorting} />
            ))}
            {rowActions && (
              <th scope="col" data-align="right">
                {texts.general.actions}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow
              key={idOf(row)}
              id={idOf(row)}
              row={row}
              columns={columns}
              name={nameOf(row)}
              opens={opens?.(row)}
              onOpen={open}
              {...(selection && {
                isChosen: selection.ids.has(idOf(row)),
                onChoose: selection.set,
              })}
              actions={rowActions}
              news={news?.get(idOf(row)) ?? 0}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
