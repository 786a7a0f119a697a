import { Child } from "../child.ts";
import { compare, type Comparison } from "../compare.ts";
import type { LoadCommands } from "../load/load.ts";
import { everyone, measure } from "../measure.ts";
import type { LatchkeyCommands } from "../subjects/latchkey.ts";

const rounds = 7;
/** Long enough for a mail to be written: who times answers waits, too. */
const pauseMs = 25;

/** Whether the time of an answer tells which identities have an account: the ratio should be 1. */
export async function sameWork(seconds: number): Promise<Comparison[]> {
  await using stack = new AsyncDisposableStack();
  const load = stack.use(new Child<LoadCommands>("load/load.ts"));
  const latchkey = stack.use(new Child<LatchkeyCommands>("subjects/latchkey.ts"));
  const { url, id, apiKey } = await latchkey.call("start", { licenses: 1 });
  const known = await latchkey.call("addAddressee");
  await load.call("open", { name: "people", url, door: "http", connections: 1 });
  const recover = (identity: string) => () => {
    const send = `/${id}/${apiKey}/users/restorepassword/${identity}`;
    return measure(load, latchkey, {
      target: "people",
      scripts: everyone(1, [{ send, expect: "null" }]),
      seconds,
      pauseMs,
    });
  };
  const against = [{ name: "known identity" }];
  return [
    await compare(`recovery, one request every ${pauseMs} ms`, rounds, [
      { name: "known identity", run: recover(known) },
      { name: "unknown identity", run: recover("nobody@example.com"), against },
    ]),
  ];
}
