interface Differences {
  readonly before?: object;
  readonly after?: object;
}

/** Of two states of a record what differs, also within; of one that has come or gone, all of it. */
export function differences(before: object | undefined, after: object | undefined): Differences {
  if (!before) return after ? { after } : {};
  if (!after) return { before };
  const [was, is] = [differing(before, after), differing(after, before)];
  return { ...(!isEmpty(was) && { before: was }), ...(!isEmpty(is) && { after: is }) };
}

function differing(state: object, other: object): object {
  const others = new Map<string, unknown>(Object.entries(other));
  const entries = Object.entries(state).flatMap(([name, value]): [string, unknown][] => {
    const there = others.get(name);
    if (JSON.stringify(value) === JSON.stringify(there)) return [];
    if (!isRecord(value) || !isRecord(there)) return [[name, value]];
    const within = differing(value, there);
    return isEmpty(within) ? [] : [[name, within]];
  });
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
