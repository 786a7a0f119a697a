/** What of a list has changed while it was looked at. */
export interface News {
  /** Of which list; another one begins without any. */
  readonly about: string;
  /** What each row says, by its id. */
  readonly says: ReadonlyMap<string, string>;
  /** How often each row has changed, or come. */
  readonly counts: ReadonlyMap<string, number>;
}

/** The news after another look at a list. */
export function newsAfter(before: News | undefined, about: string, says: ReadonlyMap<string, string>): News {
  if (before?.about !== about) return { about, says, counts: new Map() };
  const counts = new Map<string, number>();
  for (const [id, text] of says) {
    const count = (before.counts.get(id) ?? 0) + (before.says.get(id) === text ? 0 : 1);
    if (count > 0) counts.set(id, count);
  }
  return { about, says, counts };
}
