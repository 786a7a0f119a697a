import { setTimeout as delay } from "node:timers/promises";
import { Child } from "../child.ts";
import { type Figures, spreadOf } from "../figures.ts";
import type { LatchkeyCommands } from "../subjects/latchkey.ts";

/** Long enough for what comes after an answer to be over: who times answers waits, too. */
const pauseMs = 50;
const turnsPerSecond = 100;

/** Whether the time of an answer tells which identities have an account: then the first row stands out from the others. */
export async function sameWork(seconds: number): Promise<Figures[]> {
  await using latchkey = new Child<LatchkeyCommands>("subjects/latchkey.ts");
  const { url, id, apiKey } = await latchkey.call("start", { licenses: 1 });
  const identities = [await latchkey.call("addAddressee"), "nobody@example.com", "no-one@example.com"];
  const times = new Map(identities.map((identity): [string, number[]] => [identity, []]));
  for (let turn = 0; turn < seconds * turnsPerSecond; turn++) {
    // In random order: what a request leaves behind meets all of them alike.
    for (const identity of identities.toSorted(() => Math.random() - 0.5)) {
      await delay(pauseMs);
      const startedAt = performance.now();
      const answer = await fetch(`${url}/${id}/${apiKey}/users/restorepassword/${identity}`);
      if ((await answer.text()) !== "null") throw new Error(`restorepassword answered ${answer.status}`);
      times.get(identity)?.push(performance.now() - startedAt);
    }
  }
  const names = ["known identity", "unknown identity", "another unknown one"];
  const rows = [...times.values()].map((values, index) => {
    const { p50, p99 } = spreadOf(values);
    return [names[index] ?? "", values.length, p50.toFixed(2), p99.toFixed(2)];
  });
  return [{ title: "recovery", columns: ["of", "answers", "p50 ms", "p99 ms"], rows }];
}
