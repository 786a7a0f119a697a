import pg from "pg";
import type { Watch } from "./kit.ts";

const channel = "latchkey_change";
const reconnectAfterMs = 1_000;
const callAgainAfterMs = 5;

/**
 * Listens for what other processes announce, on a connection of its own. While that connection is down announcements are
 * missed; whoever follows the log looks by itself from time to time, and is called once when the connection is back.
 */
export async function watchPostgres(url: string, pool: pg.Pool, onWrite: () => void): Promise<Watch> {
  const watch = new PostgresWatch(url, pool, onWrite);
  await watch.listen();
  return watch;
}

class PostgresWatch implements Watch {
  readonly #url: string;
  readonly #pool: pg.Pool;
  readonly #onWrite: () => void;
  #listener: pg.Client | undefined;
  #reconnecting: NodeJS.Timeout | undefined;
  #callingAgain: NodeJS.Timeout | undefined;
  #isClosed = false;
  #announcing: Promise<void> | undefined;
  #isAnnouncedAgain = false;

  constructor(url: string, pool: pg.Pool, onWrite: () => void) {
    this.#url = url;
    this.#pool = pool;
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

  /** One at a time: whatever is announced meanwhile shares the next one. */
  announce(): void {
    if (this.#announcing) {
      this.#isAnnouncedAgain = true;
      return;
    }
    this.#announcing = this.#notify().then(() => {
      this.#announcing = undefined;
      if (!this.#isAnnouncedAgain) return;
      this.#isAnnouncedAgain = false;
      this.announce();
    });
  }

  /** Not by the server's clock: when other transactions end is no matter of its time. */
  callAgain(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#callingAgain);
    this.#callingAgain = setTimeout(this.#onWrite, callAgainAfterMs);
    this.#callingAgain.unref();
  }

  async #notify(): Promise<void> {
    try {
      await this.#pool.query(`notify ${channel}`);
    } catch {
      // The log has it; it is found at the next look.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#reconnecting);
    clearTimeout(this.#callingAgain);
    while (this.#announcing) await this.#announcing;
    await this.#listener?.end();
  }
}
