import type { MouseEvent, ReactNode } from "react";
import { memoized } from "#parts/memoized.ts";
import { texts } from "#texts/texts.ts";
import { Choice } from "./choice.tsx";
import type { Column } from "./column.ts";
import type { Selection } from "./use-selection.ts";

interface Props<Row> {
  readonly row: Row;
  readonly id: string;
  readonly columns: readonly Column<Row>[];
  readonly name: string;
  readonly opens: string | undefined;
  readonly onOpen: (event: MouseEvent<HTMLElement>, to: string) => void;
  readonly isChosen?: boolean;
  readonly onChoose?: Selection["set"];
  readonly actions?: ((row: Row) => ReactNode) | undefined;
  /** How often it has changed while it was looked at. */
  readonly news?: number;
}

function Row<R>({ row, id, columns, name, opens, onOpen, isChosen, onChoose, actions, news = 0 }: Props<R>) {
  return (
    <tr
      {...(isChosen && { "data-chosen": true })}
      // Another word each time, so that the animation runs again.
      {...(news > 0 && { "data-news": news % 2 === 0 ? "even" : "odd" })}
      {...(opens !== undefined && {
        "data-opens": true,
        onClick: (event: MouseEvent<HTMLElement>) => onOpen(event, opens),
      })}
    >
      {onChoose && (
        <td className="lk-choose">
          <Choice
            label={texts.general.list.choose(name)}
            checked={isChosen ?? false}
            onChange={(chosen) => onChoose([id], chosen)}
          />
        </td>
      )}
      {columns.map((column) => {
        const content = column.cell(row);
        return (
          <td
            key={column.title}
            data-title={column.title}
            {...(column.align && { "data-align": column.align })}
            {...(column.isMain && { "data-main": true })}
            {...(column.isLong && { className: "lk-cut" })}
            {...((content === undefined || content === null || content === "") && { "data-empty": true })}
          >
            {content}
          </td>
        );
      })}
      {actions && (
        <td className="lk-row-actions" data-align="right">
          {actions(row)}
        </td>
      )}
    </tr>
  );
}

/** Drawn again when its record, or what is said of it here, has changed. */
export const TableRow = memoized(Row);
