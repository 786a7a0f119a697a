import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { foreignSchemes } from "./foreign-schemes.ts";
import {
  compute,
  decodeRecipe,
  encodeRecipe,
  isBearable,
  isWellFormed,
  kindOf,
  pretend,
  type Recipe,
} from "./recipe.ts";

const upTo = (max: number) => fc.integer({ min: 0, max });
const lowAndHigh = (max: number) => fc.oneof(fc.constant(1), upTo(16), upTo(max));
const costs: Readonly<Record<string, fc.Arbitrary<number>>> = {
  cost: upTo(31),
  i: lowAndHigh(5_000_000),
  ln: upTo(24),
  r: lowAndHigh(128),
  p: lowAndHigh(128),
  m: lowAndHigh(300_000),
  t: lowAndHigh(128),
};

const recipe: fc.Arbitrary<Recipe> = fc
  .constantFrom(...foreignSchemes)
  .chain(([scheme, { costNames }]) =>
    fc.record(
      {
        scheme: fc.constant(scheme),
        costs: fc.tuple(...costNames.map((name) => costs[name]!)),
        salt: fc.oneof(fc.constant(16), upTo(130)).map((length) => Buffer.alloc(length, "s")),
        length: fc.integer({ min: 16, max: 64 }),
      },
      { noNullPrototype: true },
    ),
  )
  .filter(isWellFormed);

/** So that a thousand of them are done in seconds. */
function isQuick({ scheme, costs: [first = 0, second = 1, third = 1] }: Recipe): boolean {
  if (scheme === "bcrypt") return first <= 6;
  if (scheme.includes("scrypt")) return 2 ** first * second * (scheme === "scrypt" ? third : 1) <= 2 ** 18;
  return scheme.startsWith("argon2") ? first * second <= 8192 : first <= 100_000;
}

test("every recipe that is taken can be computed: one that could not would keep a whole application from signing in", async () => {
  const bearable = recipe.filter((one) => isBearable(one) && isQuick(one));
  await fc.assert(
    fc.asyncProperty(bearable, async (one) => {
      const digest = await compute(one, "password");
      assert.ok(digest.length === Math.min(one.length, one.scheme === "bcrypt" ? 23 : 64));
      await pretend(kindOf(one), "password");
      assert.deepEqual(await compute(decodeRecipe(encodeRecipe(one)), "password"), digest);
    }),
    { numRuns: 400 },
  );
});

test("a recipe's text says all of it", () => {
  fc.assert(
    fc.property(recipe, (one) => {
      assert.deepEqual(decodeRecipe(encodeRecipe(one)), one);
    }),
  );
});
