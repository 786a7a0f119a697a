import { CloseCode, events, type ServerEvent } from "@latchkey/protocol";
import type { Clock, Timer } from "#clock.ts";
import { describeError, type Log } from "#report/log.ts";
import { endOfLog, type LogPosition, readChanges } from "#storage/changes.ts";
import type { DatabaseKit, Watch } from "#storage/dialects/kit.ts";
import { readLiveSessions } from "#storage/sessions.ts";
import type { Change, Db, LiveSession } from "#storage/tables.ts";
import type { Roster, RosterEntry } from "./roster.ts";

const changesAtATime = 500;
/** The net below the wake-ups. */
const lookEveryMs = 1_000;
/** How soon to look again for a change that waits for an older transaction to end. */
const lookAgainMs = 10;

/**
 * Follows the ordered log of changes and makes them true for the sessions this process serves: first the authorization
 * goes, then the client is told, then, where the event says so, its connection closes (LP-EVT-1). A wake-up only saves
 * waiting; whoever lost one catches up at the next look.
 */
export class ChangeLog implements AsyncDisposable {
  readonly #db: Db;
  readonly #kit: DatabaseKit;
  readonly #roster: Roster;
  readonly #log: Log;
  readonly #timer: Timer;
  #watch: Watch | undefined;
  #position: LogPosition;
  #following: Promise<void> = Promise.resolve();
  #isWoken = false;
  #again: NodeJS.Timeout | undefined;

  private constructor(db: Db, kit: DatabaseKit, roster: Roster, clock: Clock, log: Log, position: LogPosition) {
    this.#db = db;
    this.#kit = kit;
    this.#roster = roster;
    this.#log = log;
    this.#position = position;
    this.#timer = clock.every(lookEveryMs, () => {
      void this.#look();
    });
  }

  /** Follows from the present end of the log: sessions of the past are not on this roster. */
  static async start(db: Db, kit: DatabaseKit, roster: Roster, clock: Clock, log: Log): Promise<ChangeLog> {
    const changeLog = new ChangeLog(db, kit, roster, clock, log, await endOfLog(db, kit));
    changeLog.#watch = await kit.watch(() => {
      void changeLog.#look();
    });
    return changeLog;
  }

  /**
   * Something was written by this process: lets other processes know, and follows it here before whoever wrote it
   * answers. Only a change that waits for an older transaction to end is followed later.
   */
  async wake(): Promise<void> {
    this.#watch?.announce();
    await this.#look();
  }

  /** Ends with a look that has begun after this call; however often it is called meanwhile, that is one look. */
  #look(): Promise<void> {
    if (!this.#isWoken) {
      this.#isWoken = true;
      this.#following = this.#following.then(() => this.#follow());
    }
    return this.#following;
  }

  /** Not by the server's clock: when another transaction ends is no matter of its time. */
  #lookAgain(): void {
    this.#again ??= setTimeout(() => {
      this.#again = undefined;
      void this.#look();
    }, lookAgainMs).unref();
  }

  async #follow(): Promise<void> {
    this.#isWoken = false;
    try {
      for (;;) {
        const changes = await readChanges(this.#db, this.#kit, this.#position, changesAtATime);
        for (const change of changes) {
          if (change.isSettled === 0) {
            this.#lookAgain();
            return;
          }
          await this.#apply(change);
          this.#position = change;
        }
        if (changes.length < changesAtATime) return;
      }
    } catch (error) {
      // The position has not moved past what failed: the next look tries it again.
      this.#log.error("change log not followed", { error: describeError(error) });
    }
  }

  async #apply(change: Change): Promise<void> {
    this.#roster.changesApplied++;
    const concerned = this.#roster.concernedBy(change);
    if (concerned.length === 0) return;
    const rows = await readLiveSessions(
      this.#db,
      concerned.map(({ id }) => id),
    );
    for (const { id } of concerned) {
      const entry = this.#roster.get(id);
      if (entry) this.#enforce(entry, rows.get(id), change);
    }
  }

  /** As the row says and not as the change does: a later one may have been made already. */
  #enforce(entry: RosterEntry, row: LiveSession | undefined, { event, content }: Change): void {
    if (row && row.secretHash !== entry.secretHash) {
      entry.link.close(CloseCode.ResumedElsewhere);
      return;
    }
    const { authorization: before } = entry;
    const isCleared = before !== undefined && row?.authorization?.id !== before.id;
    this.#roster.update(entry, row?.authorization, row?.formerLicenseId);
    if (event === "resumedElsewhere" || event === "expiryMoved") return;
    const { close, clears }: ServerEvent = events[event];
    // An account that goes on with another license is not told of the one that went (LP-CRED-7).
    if (clears && before && !isCleared) return;
    if (entry.isSubscribed) entry.link.event(event, contentOf(content));
    if (close !== undefined) entry.link.close(close);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    await this.#watch?.[Symbol.asyncDispose]();
    await this.#following;
    clearTimeout(this.#again);
  }
}

function contentOf(json: string): Readonly<Record<string, string>> {
  // Written by us, as text by name.
  const content: unknown = JSON.parse(json);
  const fields = typeof content === "object" && content !== null ? Object.entries(content) : [];
  return Object.fromEntries(fields.map(([name, value]) => [name, String(value)]));
}
