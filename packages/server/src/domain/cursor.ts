import * as v from "valibot";

/** A place in a list: behind the record that has these values, in one part of its order. */
interface Place {
  readonly part: number;
  readonly values: readonly (string | number)[];
}

const content = v.tuple([
  v.string(),
  v.pipe(v.number(), v.safeInteger()),
  v.array(
    v.union([
      v.pipe(
        v.string(),
        v.check((text) => !text.includes("\0")),
      ),
      v.pipe(v.number(), v.safeInteger()),
    ]),
  ),
]);

/** A place as text, good for one order. */
export function cursorOf({ part, values }: Place, order: string): string {
  return Buffer.from(JSON.stringify([order, part, values])).toString("base64url");
}

/** The place that a text names. `undefined`: it is of another order, or nobody has ever been given it. */
export function placeAt(cursor: string, order: string): Place | undefined {
  const checked = v.safeParse(content, parsed(Buffer.from(cursor, "base64url").toString()));
  if (!checked.success) return undefined;
  const [of, part, values] = checked.output;
  return of === order ? { part, values } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
