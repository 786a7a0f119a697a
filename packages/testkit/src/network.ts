import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** What can be done to a network; all of it from a page too. */
export interface Faults extends AsyncDisposable {
  /** What clients connect to instead of the server. */
  readonly url: string;
  /** Ends all connections without a word; what was on its way is lost. */
  readonly cut: () => Promise<void>;
  /** Holds back what goes in these directions on the connections there are, their ends included. New ones are fine. */
  readonly stall: (...directions: readonly Direction[]) => Promise<void>;
  /** Cuts each new connection at once. */
  readonly refuse: () => Promise<void>;
  /** Cuts the next connections after so many bytes in both directions together, one number each. */
  readonly cutAfter: (...sizes: readonly number[]) => Promise<void>;
  /** Lets everything pass again, also what was held back. */
  readonly heal: () => Promise<void>;
}

export type Direction = "toServer" | "toClient";

interface Passage {
  readonly client: Socket;
  readonly server: Socket;
  /** How many bytes it still lets through. */
  left: number;
}

/** The network between clients and a server, with the faults that networks have. */
export class Network implements Faults {
  readonly url: string;
  /** Where it leads; may change, as when a server starts anew. */
  target: string;
  readonly #listener: Server;
  readonly #passages = new Set<Passage>();
  #isRefusing = false;
  #sizes: number[] = [];

  private constructor(listener: Server, target: string) {
    this.#listener = listener;
    this.target = target;
    this.url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
    listener.on("connection", (client) => this.#open(client));
  }

  static async to(target: string): Promise<Network> {
    const listener = createServer().listen(0, "127.0.0.1");
    await once(listener, "listening");
    return new Network(listener, target);
  }

  async cut(): Promise<void> {
    for (const passage of this.#passages) this.#cut(passage);
  }

  async stall(...directions: readonly Direction[]): Promise<void> {
    for (const { client, server } of this.#passages) {
      if (directions.includes("toServer")) client.pause();
      if (directions.includes("toClient")) server.pause();
    }
  }

  async refuse(): Promise<void> {
    this.#isRefusing = true;
  }

  async cutAfter(...sizes: readonly number[]): Promise<void> {
    this.#sizes = [...sizes];
  }

  async heal(): Promise<void> {
    this.#isRefusing = false;
    this.#sizes = [];
    for (const { client, server } of this.#passages) {
      client.resume();
      server.resume();
    }
  }

  #open(client: Socket): void {
    const { hostname: host, port } = new URL(this.target);
    const server = connect({ host, port: Number(port) });
    const passage = { client, server, left: this.#sizes.shift() ?? Infinity };
    this.#passages.add(passage);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on("error", () => undefined);
      from.on("data", (bytes: Buffer) => this.#pass(passage, bytes, to));
      // Where nothing is held back; what is paused does not come to its end.
      from.on("end", () => to.end());
      from.on("close", () => {
        if (!from.isPaused()) to.destroySoon();
        if (client.destroyed && server.destroyed) this.#passages.delete(passage);
      });
    }
    if (this.#isRefusing) this.#cut(passage);
  }

  #pass(passage: Passage, bytes: Buffer, to: Socket): void {
    to.write(bytes.subarray(0, passage.left));
    passage.left -= bytes.length;
    if (passage.left <= 0) this.#cut(passage);
  }

  #cut({ client, server }: Passage): void {
    client.destroy();
    server.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
    this.#listener.close();
    await once(this.#listener, "close");
  }
}
