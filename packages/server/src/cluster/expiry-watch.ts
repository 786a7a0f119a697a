import type { Clock, Timer } from "#clock.ts";
import { describeError, type Log } from "#report/log.ts";
import { endExpired } from "#storage/authorizations.ts";
import type { Authorization } from "#storage/live-session.ts";
import type { Db, SessionId } from "#storage/tables.ts";
import type { Roster } from "./roster.ts";
import { withSettledRow } from "./with-settled-row.ts";

/**
 * Ends the authorizations of this process's sessions at the second they expire (LP-EVT-3), found by that second and not
 * by looking at all sessions. An entry may be out of date: the row decides.
 */
export class ExpiryWatch implements AsyncDisposable {
  readonly #db: Db;
  readonly #roster: Roster;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #timer: Timer;
  readonly #due = new Map<number, Map<SessionId, Authorization>>();
  #doneUntil: number;
  #ending: Promise<void> = Promise.resolve();

  constructor(db: Db, roster: Roster, clock: Clock, log: Log) {
    this.#db = db;
    this.#roster = roster;
    this.#clock = clock;
    this.#log = log;
    this.#doneUntil = Math.floor(clock.now() / 1000);
    roster.onAuthorized = (sessionId, authorization) => {
      this.#watch(sessionId, authorization);
    };
    this.#timer = clock.every(1000, () => {
      this.#tick();
    });
  }

  #watch(sessionId: SessionId, authorization: Authorization): void {
    if (authorization.expiresAt === undefined) return;
    const second = Math.max(Math.ceil(authorization.expiresAt / 1000), this.#doneUntil + 1);
    const due = this.#due.get(second);
    if (due) due.set(sessionId, authorization);
    else this.#due.set(second, new Map([[sessionId, authorization]]));
  }

  #tick(): void {
    const until = Math.floor(this.#clock.now() / 1000);
    for (let second = this.#doneUntil + 1; second <= until; second++) {
      const due = this.#due.get(second);
      this.#due.delete(second);
      for (const [sessionId, authorization] of due ?? []) {
        this.#ending = this.#ending.then(() => this.#end(sessionId, authorization));
      }
    }
    this.#doneUntil = Math.max(until, this.#doneUntil);
  }

  async #end(sessionId: SessionId, authorization: Authorization): Promise<void> {
    // Not here any more, or not the one that was watched: whoever has the session now watches it too, and tells its client.
    if (this.#roster.get(sessionId)?.authorization?.id !== authorization.id) return;
    try {
      const ended = await endExpired(this.#db, {
        sessionId,
        authorizationId: authorization.id,
        now: this.#clock.now(),
      });
      const entry = this.#roster.get(sessionId);
      if (!entry) return;
      if (ended) {
        // Whoever has read the row meanwhile has updated the roster, but told nobody.
        if (entry.authorization?.id === authorization.id)
          this.#roster.update(entry, undefined, authorization.licenseId);
        if (entry.isSubscribed) entry.link.event("subscriptionExpired", {});
        return;
      }
      // Extended, ended or replaced meanwhile, perhaps by another process: as the row says.
      await withSettledRow(this.#db, this.#roster, entry, (current, row) => {
        this.#roster.update(current, row?.authorization, row?.formerLicenseId);
      });
    } catch (error) {
      // No request is let through in the meantime: the roster knows the instant too.
      this.#log.error("expiry not written", { error: describeError(error) });
      this.#watch(sessionId, authorization);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    await this.#ending;
  }
}
