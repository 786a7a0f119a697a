/** What a follower of an answer is told. */
export interface StreamEvent {
  readonly event: string;
  readonly data: unknown;
}

/** How one answer differs from the one before; at first there is none. */
export type Changes = (before: object | undefined, now: object) => readonly StreamEvent[];

/** The whole answer again (MG-STREAM-1). */
export const whole: Changes = (before, now) =>
  JSON.stringify(before) === JSON.stringify(now) ? [] : [{ event: "changed", data: now }];

/** Records that have come, changed or gone (MG-STREAM-2). */
export const byRecord: Changes = (before, now) => {
  const known = recordsIn(before);
  const current = recordsIn(now);
  const gone = [...known.keys()].filter((id) => !current.has(id));
  return [
    ...gone.map((id) => ({ event: "gone", data: { id } })),
    ...[...current].flatMap(([id, record]) => {
      if (!known.has(id)) return [{ event: "came", data: record }];
      return JSON.stringify(known.get(id)) === JSON.stringify(record) ? [] : [{ event: "changed", data: record }];
    }),
  ];
};

/** The records of the one list in an answer, by their ids. */
function recordsIn(answer: object = {}): ReadonlyMap<string, object> {
  const list: unknown = Object.values(answer).find(Array.isArray);
  const records: readonly unknown[] = Array.isArray(list) ? list : [];
  return new Map(records.filter(hasId).map((record) => [record.id, record]));
}

function hasId(value: unknown): value is { readonly id: string } {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
}
