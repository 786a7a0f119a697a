import type { ServerResponse } from "node:http";
import type { Clock } from "#clock.ts";

const streamsAtMost = 200;
const lookEveryMs = 1_000;
/** Proxies cut what is silent for a minute. */
const quietLooksAtMost = 20;

const headers = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  // Of nginx, which would keep events back.
  "X-Accel-Buffering": "no",
};

/** Responses that go on: server-sent events whose data is an answer, sent again whenever it has changed. */
export class EventStreams implements Disposable {
  readonly #clock: Clock;
  readonly #open = new Set<ServerResponse>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `look` gives what is to be seen now; `undefined`: nothing any more. `false`: there are too many streams. */
  begin(response: ServerResponse, first: object, look: () => Promise<object | undefined>): boolean {
    if (this.#open.size >= streamsAtMost) return false;
    this.#open.add(response);
    response.writeHead(200, headers);
    let sent = send(response, first);
    let quietLooks = 0;
    const next = () =>
      this.#clock.after(lookEveryMs, () => {
        void lookAgain();
      });
    const lookAgain = async () => {
      const seen = await look();
      if (!this.#open.has(response)) return;
      if (!seen) {
        response.end("event: end\ndata: {}\n\n");
        return;
      }
      const text = JSON.stringify(seen);
      // Whoever reads slowly is not sent more than it reads: it gets what is true when it has caught up.
      if (response.writableNeedDrain) quietLooks = 0;
      else if (text !== sent) {
        sent = send(response, seen);
        quietLooks = 0;
      } else if (++quietLooks >= quietLooksAtMost) {
        response.write(": still here\n\n");
        quietLooks = 0;
      }
      timer = next();
    };
    let timer = next();
    response.on("close", () => {
      timer.cancel();
      this.#open.delete(response);
    });
    return true;
  }

  [Symbol.dispose](): void {
    for (const response of this.#open) response.destroy();
  }
}

function send(response: ServerResponse, output: object): string {
  const text = JSON.stringify(output);
  response.write(`event: changed\ndata: ${text}\n\n`);
  return text;
}
