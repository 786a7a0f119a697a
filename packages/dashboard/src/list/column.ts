import type { ReactNode } from "react";

export interface Column<Row> {
  /** Its name for the server, where the list can be sorted by it. */
  readonly sort?: string;
  readonly title: string;
  /** Nothing: the row has none. */
  readonly cell: (row: Row) => ReactNode;
  readonly align?: "right";
  /** What the record is called; on a phone the heading of its card. */
  readonly isMain?: true;
  /** Cut off where it is too long. */
  readonly isLong?: true;
}
