// What a page has in place of node:assert/strict; only as much as the SDK's suite asks of it.

export function ok(value: unknown, message = "not true"): void {
  if (!value) throw new Error(`${message}: ${shown(value)}`);
}

export function equal(actual: unknown, expected: unknown, message = "not equal"): void {
  if (!Object.is(actual, expected)) throw new Error(`${message}: ${shown(actual)}, not ${shown(expected)}`);
}

export function deepEqual(actual: unknown, expected: unknown, message = "not equal"): void {
  if (!isSame(actual, expected)) throw new Error(`${message}: ${shown(actual)}, not ${shown(expected)}`);
}

export function throws(run: () => unknown, expected: unknown, message?: string): void {
  let thrown: unknown;
  try {
    run();
  } catch (error) {
    thrown = error;
  }
  checkError(thrown, expected, message);
}

export async function rejects(promise: Promise<unknown>, expected: unknown, message?: string): Promise<void> {
  checkError(
    await promise.then(
      () => undefined,
      (error: unknown) => error,
    ),
    expected,
    message,
  );
}

export async function doesNotReject(promise: Promise<unknown>): Promise<void> {
  await promise;
}

/** `expected` is a class or the properties an error must have; a text may be given as a pattern. */
function checkError(error: unknown, expected: unknown, message = "not the error expected"): void {
  const holds =
    typeof expected === "function"
      ? error instanceof expected
      : Object.entries(Object(expected) as object).every(([name, value]) => {
          const actual: unknown = Reflect.get(Object(error) as object, name);
          return value instanceof RegExp ? value.test(String(actual)) : isSame(actual, value);
        });
  if (!holds) throw new Error(`${message}: ${String(error)}, not ${shown(expected)}`);
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && isSame(value, right.get(key)));
}

function shown(value: unknown): string | undefined {
  return typeof value === "function" ? value.name : JSON.stringify(value);
}
