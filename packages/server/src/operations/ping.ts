import { type Answer, done } from "@latchkey/protocol";

/** Proves that the connection lives. */
export async function ping(): Promise<Answer<"ping">> {
  return done({});
}
