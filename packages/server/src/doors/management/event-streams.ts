import type { ServerResponse } from "node:http";
import type { Clock } from "#clock.ts";
import type { Changes, StreamEvent } from "./changes.ts";

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

/** Responses that go on: server-sent events that tell how an answer changes. */
export class EventStreams implements Disposable {
  readonly #clock: Clock;
  readonly #open = new Set<ServerResponse>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `look` gives what is to be seen now; `undefined`: nothing any more. `false`: there are too many streams. */
  begin(response: ServerResponse, first: object, changes: Changes, look: () => Promise<object | undefined>): boolean {
    if (this.#open.size >= streamsAtMost) return false;
    this.#open.add(response);
    response.writeHead(200, headers);
    send(response, changes(undefined, first));
    let told = first;
    let quietLooks = 0;
    const lookAgain = async () => {
      const seen = await look();
      if (!this.#open.has(response)) return;
      if (!seen) {
        response.end(textOf({ event: "end", data: {} }));
        return;
      }
      // Whoever reads slowly is told no more than it reads: when it has caught up, what is true then.
      if (!response.writableNeedDrain) {
        const events = changes(told, seen);
        told = seen;
        quietLooks = events.length > 0 ? 0 : quietLooks + 1;
        if (quietLooks % quietLooksAtMost === quietLooksAtMost - 1) response.write(": still here\n\n");
        send(response, events);
      }
      timer = next();
    };
    const next = () =>
      this.#clock.after(lookEveryMs, () => {
        void lookAgain();
      });
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

function send(response: ServerResponse, events: readonly StreamEvent[]): void {
  if (events.length > 0) response.write(events.map(textOf).join(""));
}

function textOf({ event, data }: StreamEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
