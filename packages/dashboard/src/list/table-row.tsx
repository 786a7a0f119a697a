import type { MouseEvent, ReactNode } from "react";
import { Checkbox } from "@mantine/core";
import { texts } from "#texts/texts.ts";
import type { Column } from "./column.ts";

interface Props<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly name: string;
  readonly opens: string | undefined;
  readonly onOpen: (event: MouseEvent<HTMLElement>, to: string) => void;
  readonly isChosen?: boolean;
  readonly onChoose?: (isChosen: boolean) => void;
  readonly actions?: ReactNode;
}

export function TableRow<Row>({ row, columns, name, opens, onOpen, isChosen, onChoose, actions }: Props<Row>) {
  return (
    <tr
      {...(isChosen && { "data-chosen": true })}
      {...(opens !== undefined && {
        "data-opens": true,
        onClick: (event: MouseEvent<HTMLElement>) => onOpen(event, opens),
      })}
    >
      {onChoose && (
        <td className="lk-choose">
          <Checkbox
            size="xs"
            aria-label={texts.general.list.choose(name)}
            checked={isChosen ?? false}
            onChange={(event) => onChoose(event.currentTarget.checked)}
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
      {actions !== undefined && <td data-align="right">{actions}</td>}
    </tr>
  );
}
