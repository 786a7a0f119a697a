const depthAtMost = 32;
const valuesAtMost = 5_000;

/** Whether a document is neither deeper nor larger than any client needs (US-SEC-12). */
export function isWithinBounds(root: object): boolean {
  // Level by level, so that nesting costs no stack.
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
