import type { Selectable } from "kysely";
import type { Branded } from "./branded.ts";

/** How long a measure is about. */
export type MeasureSpan = "minute" | "hour";

/** What an application's clients did within a minute or an hour, all processes together; 0 has no row. */
interface MeasureTable {
  applicationId: Branded<"application">;
  span: MeasureSpan;
  startsAt: number;
  /** As the operation that shows them names them. */
  name: string;
  count: number;
}

export interface MetricsTables {
  measure: MeasureTable;
}

export type Measure = Selectable<MeasureTable>;
