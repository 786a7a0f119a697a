import type pg from "pg";
import type { Announcer } from "./kit.ts";

export const channel = "latchkey_change";

/** Tells whoever listens at this database that something was written. */
export class PostgresAnnouncer implements Announcer {
  readonly #pool: pg.Pool;
  #announcing: Promise<void> | undefined;
  #isAnnouncedAgain = false;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
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

  async #notify(): Promise<void> {
    try {
      await this.#pool.query(`notify ${channel}`);
    } catch {
      // The log has it; it is found at the next look.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#announcing) await this.#announcing;
  }
}
