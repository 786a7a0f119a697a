import { isStorable } from "@latchkey/protocol";
import type { Literal } from "#storage/account-search.ts";

const charactersAtMost = 2_000;
/** A name, `=`, a text in which quotes are doubled, or a number, each with the blanks before it. */
const token = /\s*(?:([A-Za-z_]\w*)|(=)|'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))/y;
const words = new Map<string, Literal>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

interface Token {
  readonly name?: string;
  readonly isEqualSign?: true;
  readonly value?: string | number;
}

/** Reads `column = 'text' | number | true | false | null`, several joined by `and`; `undefined`: it has another form. */
export function readWhere(text: string): { readonly column: string; readonly value: Literal }[] | undefined {
  const tokens = text.length <= charactersAtMost && isStorable(text) ? tokensOf(text.trim()) : undefined;
  if (!tokens) return undefined;
  const conditions = [];
  for (let at = 0; ; at += 4) {
    const [column, equalSign, value, and] = tokens.slice(at, at + 4);
    const literal = value && literalOf(value);
    if (column?.name === undefined || !equalSign?.isEqualSign || literal === undefined) return undefined;
    conditions.push({ column: column.name, value: literal });
    if (!and) return conditions;
    if (and.name?.toLowerCase() !== "and") return undefined;
  }
}

function literalOf({ name, value }: Token): Literal | undefined {
  // A number may be too large to be one.
  if (typeof value === "number" && !Number.isFinite(value)) return undefined;
  return name === undefined ? value : words.get(name.toLowerCase());
}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (!found) return undefined;
    const [, name, equalSign, quoted, number] = found;
    if (name !== undefined) tokens.push({ name });
    else if (equalSign !== undefined) tokens.push({ isEqualSign: true });
    else tokens.push({ value: quoted === undefined ? Number(number) : quoted.replaceAll("''", "'") });
  }
  return tokens;
}
