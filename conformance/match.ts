import type { Fields, Json } from "./vectors.ts";

/** What names stand for in a flow: seeded values, and those that were kept on the way. */
export type Names = Map<string, string | number>;

/** A value to send, with its placeholders filled in. `n` counts the repetitions of a step. */
export function fill(value: Json, names: Names, n = 1): Json {
  if (typeof value === "string") return fillText(value, names, n);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((item) => fill(item, names, n));
  const { $repeat: text, times } = value;
  if (typeof text === "string" && typeof times === "number") return text.repeat(times);
  return fillFields(value, names, n);
}

export function fillFields(fields: Fields, names: Names, n = 1): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fill(value, names, n)]));
}

/** A text that is a placeholder as a whole becomes its value; inside of a text it is written out. */
export function fillText(text: string, names: Names, n = 1): string | number {
  if (/^\$\w+$/.test(text) && text !== "$n") return known(text.slice(1), names);
  return text.replace(/\$(\w+)/g, (_, name: string) => String(name === "n" ? n : known(name, names)));
}

function known(name: string, names: Names): string | number {
  const value = names.get(name);
  if (value === undefined) throw new Error(`nothing is called $${name}`);
  return value;
}

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  $any: (value) => value !== undefined,
  $absent: (value) => value === undefined,
  $text: (value) => typeof value === "string" && value !== "",
  $integer: (value) => Number.isSafeInteger(value),
};

/**
 * Why `value` is not what was expected; nothing: it is. Fields that the expectation does not name may be there
 * (LP-ENV-5). Binds what is to be kept.
 */
export function mismatch(expected: Json, value: unknown, names: Names, at = ""): string | undefined {
  if (typeof expected === "string" && expected.startsWith("$")) return mismatchPlaceholder(expected, value, names, at);
  if (typeof expected !== "object" || expected === null)
    return expected === value ? undefined : differs(at, expected, value);
  if (isList(expected)) {
    if (!Array.isArray(value) || value.length !== expected.length) return differs(at, expected, value);
    return firstOf(expected.map((item, index) => () => mismatch(item, value[index], names, `${at}[${index}]`)));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return differs(at, expected, value);
  const fields = new Map<string, unknown>(Object.entries(value));
  return firstOf(
    Object.entries(expected).map(
      ([name, inner]) =>
        () =>
          mismatch(inner, fields.get(name), names, at === "" ? name : `${at}.${name}`),
    ),
  );
}

function mismatchPlaceholder(expected: string, value: unknown, names: Names, at: string): string | undefined {
  const [, kept] = /^\$keep:(\w+)$/.exec(expected) ?? [];
  if (kept !== undefined) {
    if (typeof value !== "string" && typeof value !== "number") return differs(at, expected, value);
    names.set(kept, value);
    return undefined;
  }
  const [, from, to] = /^\$between:(\d+):(\d+)$/.exec(expected) ?? [];
  if (from !== undefined) {
    return Number(value) >= Number(from) && Number(value) <= Number(to) ? undefined : differs(at, expected, value);
  }
  const holds = kinds[expected] ?? ((given: unknown) => given === fillText(expected, names));
  return holds(value) ? undefined : differs(at, expected, value);
}

function differs(at: string, expected: Json, value: unknown): string {
  const shown = value === undefined ? "absent" : JSON.stringify(value);
  return `${at || "it"} is ${shown} and not ${JSON.stringify(expected)}`;
}

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault !== undefined) return fault;
  }
  return undefined;
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
