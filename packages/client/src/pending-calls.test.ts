import assert from "node:assert/strict";
import { test } from "node:test";
import type { Clock } from "./clock.ts";
import { TransportError } from "./errors.ts";
import { PendingCalls } from "./pending-calls.ts";

/** A clock that stands still until it is told otherwise. */
class StandingClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly dueAt: number; readonly action: () => void }>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { dueAt: this.#now + delayMs, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) {
      if (timer.dueAt > this.#now) continue;
      this.#timers.delete(timer);
      timer.action();
    }
  }

  get timers(): number {
    return this.#timers.size;
  }
}

test("[LP-ENV-6] answers find their calls by id, in any order", async () => {
  const clock = new StandingClock();
  const pending = new PendingCalls(clock);
  const first = pending.add("initialize", 1_000);
  const second = pending.add("logout", 1_000);
  assert.notEqual(first.id, second.id);

  clock.advance(7);
  pending.settle(second.id, 3, { of: "second" });
  clock.advance(5);
  pending.settle(first.id, 1, { of: "first" });

  assert.deepEqual(await first.answer, { status: 1, body: { of: "first" }, tookMs: 12 });
  assert.deepEqual(await second.answer, { status: 3, body: { of: "second" }, tookMs: 7 });
  assert.equal(clock.timers, 0, "an answered call leaves no timer behind");
});

test("a call without an answer ends at its deadline and not before", async () => {
  const clock = new StandingClock();
  const pending = new PendingCalls(clock);
  const late = pending.add("logout", 1_000);
  const patient = pending.add("ping", 1_001);

  clock.advance(999);
  clock.advance(1);

  await assert.rejects(late.answer, {
    name: "TransportError",
    code: "timeout",
    message: "logout had no answer within 1000 ms; the server may still carry it out",
  });
  pending.settle(late.id, 1, {});
  pending.settle(patient.id, 1, {});
  assert.equal((await patient.answer).status, 1, "the late answer went to nobody else");
});

test("[LP-SDK-2] all calls end together, each with an error of its own", async () => {
  const clock = new StandingClock();
  const pending = new PendingCalls(clock);
  const calls = [pending.add("logout", 1_000), pending.add("ping", 1_000)];

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
    return pending.add("authorizeByLicense", 10).answer;
  }
  const answer = aLicenseCheck();
  clock.advance(10);

  await assert.rejects(answer, (error: Error) => {
    assert.match(error.stack ?? "", /^TransportError: authorizeByLicense had no answer/);
    assert.match(error.stack ?? "", /at aLicenseCheck /);
    return true;
  });
});
