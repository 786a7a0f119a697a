const depthAtMost = 32;
const valuesAtMost = 5_000;

/** A JSON object, whatever its content type; an empty body counts as one (US-HTTP-4). `undefined`: it is none. */
export function parseBody(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return isRecord(value) && isWithinBounds(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** US-SEC-12. Walks level by level, so that nesting costs no stack. */
function isWithinBounds(root: object): boolean {
  let level: object[] = [root];
  let values = 1;
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > depthAtMost) return false;
    const children = level.flatMap((value): unknown[] => Object.values(value));
    values += children.length;
    if (values > valuesAtMost) return false;
    level = children.filter((child) => typeof child === "object" && child !== null);
  }
  return true;
}
