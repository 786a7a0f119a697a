import { get, type IncomingMessage } from "node:http";
import { within } from "./raw-peer.ts";

export interface FedEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads server-sent events, one after another. */
export class EventFeed implements AsyncDisposable {
  readonly #response: IncomingMessage;
  readonly #events: AsyncGenerator<FedEvent>;

  private constructor(response: IncomingMessage) {
    this.#response = response;
    this.#events = eventsIn(response);
  }

  static async open(url: string, path: string, headers: Readonly<Record<string, string>>): Promise<EventFeed> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(new URL(path, url), { headers: { accept: "text/event-stream", ...headers } }, resolve).on("error", reject);
    });
    if (response.statusCode !== 200) throw new Error(`the stream answered ${response.statusCode}`);
    return new EventFeed(response);
  }

  /** `undefined`: the stream has ended. */
  async next(): Promise<FedEvent | undefined> {
    const next = await within(this.#events.next(), "an event of the stream");
    return next.done ? undefined : next.value;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#response.destroy();
    await this.#events.return(undefined);
  }
}

async function* eventsIn(response: IncomingMessage): AsyncGenerator<FedEvent> {
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) {
    text += String(chunk);
    for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n")) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];

      if (event !== undefined && data !== undefined) yield { event, data: JSON.parse(data) as FedEvent["data"] };
    }
  }
}
