import assert from "node:assert/strict";
import { test } from "node:test";
import { flush } from "@latchkey/testkit";
import { FairQueue } from "./fair-queue.ts";

/** Jobs that end when they are told to, and the order in which they started. */
class Jobs {
  readonly started: string[] = [];
  readonly #running = new Map<string, PromiseWithResolvers<string>>();
  atMostRunning = 0;

  job(name: string): () => Promise<string> {
    return () => {
      this.started.push(name);
      const run = Promise.withResolvers<string>();
      this.#running.set(name, run);
      this.atMostRunning = Math.max(this.atMostRunning, this.#running.size);
      return run.promise;
    };
  }

  async end(name: string, error?: Error): Promise<void> {
    const run = this.#running.get(name);
    this.#running.delete(name);
    if (error) run?.reject(error);
    else run?.resolve(name);
    await flush();
  }
}

/** The result of a job that the queue must have taken. */
function accepted<T>(result: Promise<T> | undefined): Promise<T> {
  if (!result) throw new Error("the queue refused a job");
  return result;
}

test("[US-SEC-3] no more jobs run at a time than allowed, and each result reaches its own caller", async () => {
  const queue = new FairQueue(2, 100);
  const jobs = new Jobs();
  const names = ["a", "b", "c", "d", "e"];
  const results = names.map((name) => accepted(queue.run("group", jobs.job(name))));
  assert.deepEqual(jobs.started, ["a", "b"]);
  await jobs.end("b");
  assert.deepEqual(jobs.started, ["a", "b", "c"]);
  for (const name of ["a", "c", "d", "e"]) await jobs.end(name);
  assert.deepEqual(await Promise.all(results), names);
  assert.equal(jobs.atMostRunning, 2);
});

test("[US-SEC-3] beyond those that may wait a job is refused at once and never starts", async () => {
  const queue = new FairQueue(1, 2);
  const jobs = new Jobs();
  const results = ["a", "b", "c", "d"].map((name) => queue.run("group", jobs.job(name)));
  assert.deepEqual(
    results.map((result) => result === undefined),
    [false, false, false, true],
  );
  await jobs.end("a");
  assert.notEqual(queue.run("group", jobs.job("e")), undefined);
  assert.equal(queue.run("group", jobs.job("f")), undefined);
  for (const name of ["b", "c", "e"]) await jobs.end(name);
  assert.deepEqual(jobs.started, ["a", "b", "c", "e"]);
});

test("groups that wait take turns, whatever their number of jobs", async () => {
  const queue = new FairQueue(1, 100);
  const jobs = new Jobs();
  const results = [];
  for (const name of ["flood1", "flood2", "flood3", "flood4"])
    results.push(accepted(queue.run("flood", jobs.job(name))));
  for (const name of ["other1", "other2"]) results.push(accepted(queue.run("other", jobs.job(name))));
  const order = ["flood1", "flood2", "other1", "flood3", "other2", "flood4"];
  for (const name of order) await jobs.end(name);
  assert.deepEqual(jobs.started, order);
  await Promise.all(results);
});

test("a job that fails fails its caller only and gives its place back", async () => {
  const queue = new FairQueue(1, 100);
  const jobs = new Jobs();
  const failing = queue.run("group", jobs.job("a"));
  const waiting = queue.run("group", jobs.job("b"));
  const last = queue.run("group", jobs.job("c"));
  const failed = assert.rejects(async () => failing, /broken/);
  await jobs.end("a", new Error("broken"));
  await failed;
  const alsoFailed = assert.rejects(async () => waiting, /broken too/);
  await jobs.end("b", new Error("broken too"));
  await alsoFailed;
  await jobs.end("c");
  assert.equal(await last, "c");
  assert.notEqual(queue.run("group", jobs.job("d")), undefined);
  await jobs.end("d");
});
