/** One line of a chart. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}
