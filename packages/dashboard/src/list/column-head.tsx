import { UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { texts } from "#texts/texts.ts";
import type { Column } from "./column.ts";

export interface Sorting {
  readonly by: string;
  readonly isDescending: boolean;
  readonly change: (by: string, isDescending: boolean) => void;
}

interface Props<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
}

export function ColumnHead<Row>({ column, sorting }: Props<Row>) {
  const { title, sort, align } = column;
  if (sort === undefined || !sorting) {
    return (
      <th scope="col" {...(align && { "data-align": align })}>
        {title}
      </th>
    );
  }
  const isActive = sorting.by === sort;
  const Arrow = sorting.isDescending ? IconArrowDown : IconArrowUp;
  const order = sorting.isDescending ? "descending" : "ascending";
  return (
    <th scope="col" aria-sort={isActive ? order : "none"} {...(align && { "data-align": align })}>
      <UnstyledButton
        className="lk-sort"
        title={texts.general.list.sortBy(title)}
        onClick={() => sorting.change(sort, isActive ? !sorting.isDescending : true)}
        {...(isActive && { "data-active": true })}
      >
        {title}
        {isActive && <Arrow size={13} aria-hidden />}
      </UnstyledButton>
    </th>
  );
}
