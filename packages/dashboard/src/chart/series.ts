/** Values over time, under a name. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}
