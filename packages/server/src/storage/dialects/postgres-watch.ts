import pg from "pg";
import { channel } from "./postgres-announcer.ts";

const reconnectAfterMs = 1_000;

/**
 * Listens for what other processes announce, on a connection of its own. While that connection is down announcements are
 * missed; whoever follows the log looks by itself from time to time, and is called once when the connection is back.
 */
export async function watchPostgres(url: string, onWrite: () => void): Promise<AsyncDisposable> {
  const watch = new PostgresWatch(url, onWrite);
  await watch.listen();
  return watch;
}

class PostgresWatch implements AsyncDisposable {
  readonly #url: string;
  readonly #onWrite: () => void;
  #listener: pg.Client | undefined;
  #reconnecting: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: string, onWrite: () => void) {
    this.#url = url;
    this.#onWrite = onWrite;
  }

  async listen(): Promise<void> {
    const listener = new pg.Client({ connectionString: this.#url, keepAlive: true });
    this.#listener = listener;
    listener.on("notification", this.#onWrite);
    listener.on("error", () => undefined); // its end follows
    listener.once("end", () => {
      this.#listenAgainLater();
    });
    try {
      await listener.connect();
      await listener.query(`listen ${channel}`);
    } catch {
      await listener.end().catch(() => undefined);
      this.#listenAgainLater();
      return;
    }
    this.#onWrite();
  }

  #listenAgainLater(): void {
    if (this.#isClosed || this.#reconnecting) return;
    this.#reconnecting = setTimeout(() => {
      this.#reconnecting = undefined;
      void this.listen();
    }, reconnectAfterMs);
    this.#reconnecting.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#reconnecting);
    await this.#listener?.end();
  }
}
