/** A part of a list that is in the order of age, and of ids among equals. */
export interface Page {
  readonly limit: number;
  /** The last record before it; absent: it is the first. */
  readonly after?: Place;
}

export interface Place {
  readonly createdAt: number;
  readonly id: string;
}
