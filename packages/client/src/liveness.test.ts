import assert from "node:assert/strict";
import { test } from "node:test";
import { StandingClock } from "@latchkey/testkit/standing-clock.ts";
import { Liveness } from "./liveness.ts";

function watched() {
  const clock = new StandingClock();
  const seen: string[] = [];
  const liveness = new Liveness(clock, { ping: () => seen.push("ping"), lost: () => seen.push("lost") });
  return { clock, seen, liveness };
}

test("a request without an answer is followed by a ping, and silence after it by the end", () => {
  const { clock, seen, liveness } = watched();
  liveness.sent();
  clock.advance(2_000);
  liveness.sent();
  clock.advance(2_000);
  assert.deepEqual(seen, ["ping"], "counted from the first");
  liveness.sent();
  clock.advance(4_000);
  assert.deepEqual(seen, ["ping", "lost"]);
  assert.equal(clock.timers, 0);
});

test("whatever is received shows that the other side is there", () => {
  const { clock, seen, liveness } = watched();
  liveness.sent();
  clock.advance(4_000);
  liveness.received(true);
  clock.advance(3_999);
  assert.deepEqual(seen, ["ping"]);
  clock.advance(1);
  assert.deepEqual(seen, ["ping", "ping"], "an answer is still to come");
  liveness.received(false);
  clock.advance(29_999);
  assert.equal(seen.length, 2);
});

test("while nothing is asked, a ping now and then shows that events could come", () => {
  const { clock, seen, liveness } = watched();
  liveness.received(false);
  clock.advance(30_000);
  assert.deepEqual(seen, ["ping"]);
  liveness.sent();
  clock.advance(4_000);
  assert.deepEqual(seen, ["ping", "lost"], "what is sent meanwhile does not put off the end");
});

test("nothing is watched after the end", () => {
  const { clock, seen, liveness } = watched();
  liveness.sent();
  liveness.stop();
  assert.equal(clock.timers, 0);
  clock.advance(60_000);
  assert.deepEqual(seen, []);
});
