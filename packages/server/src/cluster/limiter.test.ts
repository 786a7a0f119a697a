import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Limit, Limiter } from "./limiter.ts";

test("[US-SEC-5] beyond the limit the answer is the time until the next attempt, then it is free", () => {
  const limiter = new Limiter();
  const limit = { count: 2, windowMs: 60_000 };
  const steps: [now: number, waitMs: number][] = [
    [0, 0],
    [10_000, 0],
    [10_000, 50_000],
    [59_999, 1],
    [60_000, 0],
    [60_000, 10_000],
    [70_000, 0],
    [119_999, 1],
    [120_000, 0],
  ];
  for (const [now, waitMs] of steps) assert.equal(takeOne(limiter, "key", limit, now), waitMs, `at ${now}`);
});

test("[US-SEC-5] each key counts for itself", () => {
  const limiter = new Limiter();
  const limit = { count: 1, windowMs: 1_000 };
  assert.deepEqual(
    ["a", "b", "a", "b"].map((key) => takeOne(limiter, key, limit, 0)),
    [0, 0, 1_000, 1_000],
  );
});

test("a limit that was lowered or raised holds at the next attempt", () => {
  const limiter = new Limiter();
  for (let at = 0; at < 5; at++) assert.equal(takeOne(limiter, "key", { count: 5, windowMs: 100 }, at), 0);
  assert.equal(takeOne(limiter, "key", { count: 2, windowMs: 100 }, 10), 93);
  assert.equal(takeOne(limiter, "key", { count: 6, windowMs: 100 }, 10), 0);
});

test("[US-SEC-5] in no stretch of the window are there more than allowed, and nothing is refused without need", () => {
  const attempts = fc.array(fc.nat({ max: 40 }), { maxLength: 60 });
  const limits = fc.record({ count: fc.integer({ min: 1, max: 5 }), windowMs: fc.integer({ min: 1, max: 100 }) });
  fc.assert(
    fc.property(limits, attempts, (limit, pauses) => {
      const limiter = new Limiter();
      const taken: number[] = [];
      let now = 0;
      for (const pause of pauses) {
        now += pause;
        const within = taken.filter((at) => at > now - limit.windowMs);
        const waitMs = takeOne(limiter, "key", limit, now);
        assert.equal(waitMs === 0, within.length < limit.count);
        if (waitMs === 0) taken.push(now);
        else assert.equal(waitMs, within[0]! + limit.windowMs - now);
      }
    }),
  );
});

test("the keys that are remembered are bounded, and the longest unused one is forgotten first", () => {
  const limiter = new Limiter();
  const limit = { count: 1, windowMs: 1_000_000 };
  takeOne(limiter, "kept", limit, 0);
  takeOne(limiter, "forgotten", limit, 0);
  for (let key = 0; key < 99_998; key++) takeOne(limiter, `${key}`, limit, 1);
  assert.equal(takeOne(limiter, "kept", { ...limit, count: 2 }, 2), 0);
  takeOne(limiter, "one more", limit, 3);
  assert.equal(takeOne(limiter, "forgotten", limit, 4), 0);
  assert.notEqual(takeOne(limiter, "kept", limit, 5), 0);
});

test("what one limit refuses does not count against the others either", () => {
  const limiter = new Limiter();
  const limit = { count: 1, windowMs: 1_000 };
  assert.equal(takeOne(limiter, "address", limit, 0), 0);
  const both = new Map([
    ["identity", limit],
    ["address", limit],
  ]);
  assert.equal(limiter.take(both, 400), 600);
  assert.equal(takeOne(limiter, "identity", limit, 400), 0);
});

function takeOne(limiter: Limiter, key: string, limit: Limit, now: number): number {
  return limiter.take(new Map([[key, limit]]), now);
}
