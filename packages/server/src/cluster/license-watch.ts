import { describeError, type Log } from "#report/log.ts";
import { lastRecorded } from "#storage/audit.ts";
import { licensesThatEnd } from "#storage/licenses.ts";
import type { Db, License } from "#storage/tables.ts";
import type { Clock, Timer } from "#clock.ts";

/** What the server does when it sees that a license has ended, as the audit log names it. */
export const expireLicense = "expireLicense";

/**
 * Finds the licenses that end, at the second at which they do. What they authorize by themselves ends with their sessions
 * (`ExpiryWatch`); an account goes on with the rest of its licenses, and has to be told (LP-CRED-7). It goes on from the
 * last one that the audit log tells of: whatever ended while no server ran is found, too.
 */
export class LicenseWatch implements AsyncDisposable {
  readonly #timer: Timer;
  #doneUntil: number | undefined;
  #looking: Promise<void> = Promise.resolve();

  /** Looks back as far as a session may have been lost. `end` may be called again for the same license, also by other processes. */
  constructor(db: Db, clock: Clock, log: Log, lookBackMs: number, end: (license: License) => Promise<void>) {
    const began = clock.now() - lookBackMs;
    this.#timer = clock.every(1000, () => {
      this.#looking = this.#looking.then(async () => {
        const until = clock.now();
        try {
          const after = this.#doneUntil ?? Math.min(began, (await lastRecorded(db, expireLicense)) ?? began);
          for (const license of await licensesThatEnd(db, { after, until })) await end(license);
          this.#doneUntil = Math.max(until, after);
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
