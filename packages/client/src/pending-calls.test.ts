import assert from "node:assert/strict";
import { test } from "node:test";
import { StandingClock } from "@latchkey/testkit/standing-clock.ts";
import { TransportError } from "./errors.ts";
import { PendingCalls } from "./pending-calls.ts";

function add(pending: PendingCalls, name: string, timeoutMs: number, signal?: AbortSignal) {
  return pending.add(name, (id) => String(id), { timeoutMs, signal });
}

test("[LP-ENV-6] answers find their calls by id, in any order", async () => {
  const clock = new StandingClock();
  const pending = new PendingCalls(clock);
  const first = add(pending, "initialize", 1_000);
  const second = add(pending, "logout", 1_000);
  assert.notEqual(Number(first.frame), Number(second.frame));

  clock.advance(7);
  pending.settle(Number(second.frame), 3, { of: "second" });
  clock.advance(5);
  pending.settle(Number(first.frame), 1, { of: "first" });

  assert.deepEqual(await first.answer, { status: 1, body: { of: "first" }, tookMs: 12 });
  assert.deepEqual(await second.answer, { status: 3, body: { of: "second" }, tookMs: 7 });
  assert.equal(clock.timers, 0, "an answered call leaves no timer behind");
});

test("a call without an answer ends at its deadline and not before", async () => {
  const clock = new StandingClock();
  const pending = new PendingCalls(clock);
  const late = add(pending, "logout", 1_000);
  const patient = add(pending, "ping", 1_001);

  clock.advance(999);
  clock.advance(1);

  await assert.rejects(late.answer, {
    name: "TransportError",
    code: "timeout",
    message: "logout had no answer within 1000 ms; the server may still carry it out",
  });
  pending.settle(Number(late.frame), 1, {});
  pending.settle(Number(patient.frame), 1, {});
  assert.equal((await patient.answer).status, 1, "the late answer went to nobody else");
});

test("[LP-SDK-2] all calls end together, each with an error of its own", async () => {
  const clock = new StandingClock();
  const pending = new PendingCalls(clock);
  const calls = [add(pending, "logout", 1_000), add(pending, "ping", 1_000)];

  pending.failAll((caller) => new TransportError("shutdown", "over", { caller }));

  const outcomes = await Promise.allSettled(calls.map(({ answer }) => answer));
  const errors = outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason : undefined));
  for (const error of errors) assert.ok(error instanceof TransportError && error.code === "shutdown");
  assert.notEqual(errors[0], errors[1]);
  assert.equal(clock.timers, 0);
});

test("an error shows the stack of whoever made the call", async () => {
  const clock = new StandingClock();
  const pending = new PendingCalls(clock);

  function aLicenseCheck() {
    return add(pending, "authorizeByLicense", 10).answer;
  }
  const answer = aLicenseCheck();
  clock.advance(10);

  await assert.rejects(answer, (error: Error) => {
    assert.match(error.stack ?? "", /^TransportError: authorizeByLicense had no answer/);
    assert.match(error.stack ?? "", /at aLicenseCheck /);
    return true;
  });
});

test("a signal ends its own call, once, and is let go of with it", async () => {
  const pending = new PendingCalls(new StandingClock());
  const stop = new AbortController();
  const answered = add(pending, "ping", 1_000, stop.signal);
  const waiting = add(pending, "logout", 1_000, stop.signal);
  const other = add(pending, "ping", 1_000);
  pending.settle(Number(answered.frame), 1, {});

  stop.abort("enough");

  assert.equal((await answered.answer).status, 1);
  await assert.rejects(waiting.answer, { name: "TransportError", code: "aborted", cause: "enough" });
  assert.deepEqual(pending.frames(), [other.frame]);
});

test("[LP-SDK-3] what has no answer is sent again in the order in which it was asked", () => {
  const pending = new PendingCalls(new StandingClock());
  const frames = [1, 2, 3].map(() => add(pending, "ping", 1_000).frame);
  pending.nextId();
  frames.push(add(pending, "ping", 1_000).frame);
  pending.settle(Number(frames[1]), 1, {});
  assert.deepEqual(pending.frames(), ["1", "3", "5"]);
});
