import { describeError, type Log } from "#report/log.ts";
import { linkedLicensesThatEnd } from "#storage/licenses.ts";
import type { Db, License } from "#storage/tables.ts";
import type { Clock, Timer } from "#clock.ts";

/**
 * Finds the licenses of accounts that end, at the second at which they do. What they authorize by themselves ends
 * with their sessions (`ExpiryWatch`); an account goes on with the rest of its licenses, and has to be told (LP-CRED-7).
 */
export class LicenseWatch implements AsyncDisposable {
  readonly #timer: Timer;
  #doneUntil: number;
  #looking: Promise<void> = Promise.resolve();

  /** Looks back as far as a session may have been lost. `end` may be called again for the same license, also by other processes. */
  constructor(db: Db, clock: Clock, log: Log, lookBackMs: number, end: (license: License) => Promise<void>) {
    this.#doneUntil = clock.now() - lookBackMs;
    this.#timer = clock.every(1000, () => {
      this.#looking = this.#looking.then(async () => {
        const until = clock.now();
        try {
          for (const license of await linkedLicensesThatEnd(db, { after: this.#doneUntil, until })) await end(license);
          this.#doneUntil = Math.max(until, this.#doneUntil);
        } catch (error) {
          // What was not dealt with is found again by the next look.
          log.error("ends of licenses not written", { error: describeError(error) });
        }
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    await this.#looking;
  }
}
