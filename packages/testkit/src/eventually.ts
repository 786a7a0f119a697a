import { flush } from "./manual-clock.ts";
import { within } from "./raw-peer.ts";

/** Waits for something that happens on the other side without a word, such as the end of a connection. */
export async function eventually(
  what: string,
  hasHappened: () => Promise<boolean>,
  deadlineMs?: number,
): Promise<void> {
  const waiting = new AbortController();
  const happens = async () => {
    while (!waiting.signal.aborted && !(await hasHappened())) await flush();
  };
  try {
    await within(happens(), what, deadlineMs);
  } finally {
    waiting.abort();
  }
}
