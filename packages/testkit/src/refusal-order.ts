/** A status, and what in a request and around it earns that status. */
export type Cause<Aspects> = readonly [
  status: number,
  because: { readonly [A in keyof Aspects]?: Partial<Aspects[A]> },
];

/** Enough to keep both ends busy. */
const atOnce = 4;

interface Collision<Aspects> {
  /** Such as `205 before 101`. */
  readonly name: string;
  /** The status that has to win. */
  readonly status: number;
  readonly because: { readonly [A in keyof Aspects]?: Partial<Aspects[A]> };
}

/**
 * Each cause alone, and each two that can meet in one request, with both in force. The causes stand in the order of
 * their refusals; two that ask for different values of one thing cannot meet.
 */
function collisions<Aspects>(causes: readonly Cause<Aspects>[]): Collision<Aspects>[] {
  return causes.flatMap(([status, because], index) => {
    const alone = { name: `${status}`, status, because };
    const pairs = causes.slice(index + 1).flatMap(([other, itsBecause]) => {
      const both = merged<Aspects>(because, itsBecause);
      return both ? [{ name: `${status} before ${other}`, status, because: both }] : [];
    });
    return [alone, ...pairs];
  });
}

type Because<Aspects> = Collision<Aspects>["because"];

function merged<Aspects>(one: Because<Aspects>, other: Because<Aspects>): Because<Aspects> | undefined {
  const both = new Map<string, object>(Object.entries(one));
  for (const [aspect, values] of Object.entries<object>(other as Record<string, object>)) {
    const present: Record<string, unknown> = { ...both.get(aspect) };
    for (const [name, value] of Object.entries(values)) {
      if (name in present && present[name] !== value) return undefined;
    }
    both.set(aspect, { ...present, ...values });
  }
  return Object.fromEntries(both) as Because<Aspects>;
}

/**
 * What each collision comes to, a few at a time, beside what it has to come to: `assert.deepEqual` then shows every
 * wrong one by its name.
 */
export async function judge<Aspects>(
  causes: readonly Cause<Aspects>[],
  statusOf: (because: Because<Aspects>) => Promise<unknown>,
): Promise<{ readonly observed: Record<string, unknown>; readonly expected: Record<string, unknown> }> {
  const cases = collisions(causes);
  const waiting = cases.values();
  const observed: Record<string, unknown> = {};
  const work = async () => {
    for (const { name, because } of waiting) observed[name] = await statusOf(because);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return {
    observed,
    expected: Object.fromEntries(cases.map(({ name, status }) => [name, status])),
  };
}
