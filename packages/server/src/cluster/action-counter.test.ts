import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ActionCounter } from "./action-counter.ts";

test("[LP-RATE-1] in no stretch of the window are there more than allowed, and nothing is refused without need", () => {
  const limits = fc.record({ count: fc.integer({ min: 1, max: 6 }), windowMs: fc.integer({ min: 1, max: 100 }) });
  const actions = fc.array(fc.record({ pause: fc.nat({ max: 60 }), key: fc.constantFrom("a", "b", "c") }), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(limits, actions, (limit, taken) => {
      const counter = new ActionCounter(limit);
      const model: { key: string; at: number }[] = [];
      let now = 0;
      for (const { pause, key } of taken) {
        now += pause;
        const within = model.filter((one) => one.key === key && one.at > now - limit.windowMs);
        assert.deepEqual(
          counter.recent(key, now),
          within.map(({ at }) => at),
        );
        const isWithin = within.length < limit.count;
        assert.equal(counter.take(key, now), isWithin);
        if (isWithin) model.push({ key, at: now });
      }
    }),
  );
});

test("[LP-RATE-1] what is set counts as if it had been taken, in whatever order it is told", () => {
  const counter = new ActionCounter({ count: 3, windowMs: 100 });
  counter.take("a", 0);
  assert.equal(counter.set("a", [40, 10, 20], 50), true);
  assert.equal(counter.take("a", 109), false);
  assert.equal(counter.take("a", 110), true);
  assert.equal(counter.set("a", [1, 2, 3, 4], 101), true, "what has left the window is not too much");
  assert.equal(counter.set("a", [1, 2, 3, 4], 100), false);
  counter.forget("a");
  assert.deepEqual(counter.recent("a", 100), []);
});

test("a key that is used takes no more room than its window needs", () => {
  const counter = new ActionCounter({ count: 900, windowMs: 60_000 });
  for (let now = 0; now < 100_000_000; now += 30_000) assert.equal(counter.take("a", now), true);
  assert.equal(counter.recent("a", 99_990_000).length, 2);
});

test("a flood of new keys makes idle keys forgotten and no other, so the memory is bounded and nobody is let off", () => {
  const counter = new ActionCounter({ count: 10, windowMs: 60_000 });
  counter.take("idle", 0);
  for (let round = 0; round < 10; round++) {
    assert.equal(counter.take("busy", 0), true);
    for (let n = 0; n < 60_000; n++) counter.take(`${round} ${n}`, 0);
  }
  assert.equal(counter.take("busy", 0), false);
  assert.deepEqual(counter.recent("idle", 0), []);
});
