import { setImmediate as turn } from "node:timers/promises";
import { CloseCode, events, type ServerEvent } from "@latchkey/protocol";
import type { Clock, Timer } from "#clock.ts";
import { describeError, type Log } from "#report/log.ts";
import { endOfLog, type LogPosition, readChanges } from "#storage/changes.ts";
import type { Announcer, DatabaseKit } from "#storage/dialects/kit.ts";
import { readLiveSessions } from "#storage/sessions.ts";
import type { LiveSession } from "#storage/live-session.ts";
import type { Change, Db } from "#storage/tables.ts";
import type { Roster, RosterEntry } from "./roster.ts";

const changesAtATime = 500;
/** The net below the wake-ups. */
const lookEveryMs = 1_000;
/** For what waits until an older transaction has ended. */
const lookAgainMs = 5;

/** What one client is to be told, or done to. */
type News = () => void;

/**
 * Follows the ordered log of changes and makes them true for the sessions this process serves: first the authorization
 * goes, then the client is told, then, where the event says so, its connection closes (LP-EVT-1). A wake-up only saves
 * waiting; whoever lost one catches up at the next look.
 */
export class ChangeLog implements AsyncDisposable {
  readonly #db: Db;
  readonly #kit: DatabaseKit;
  readonly #roster: Roster;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #timer: Timer;
  readonly #announcer: Announcer;
  #watch: AsyncDisposable | undefined;
  #position: LogPosition;
  #following: Promise<void> = Promise.resolve();
  #followedAt: number;
  #isWoken = false;
  #again: NodeJS.Timeout | undefined;

  private constructor(db: Db, kit: DatabaseKit, roster: Roster, clock: Clock, log: Log, position: LogPosition) {
    this.#db = db;
    this.#kit = kit;
    this.#announcer = kit.announcer();
    this.#roster = roster;
    this.#clock = clock;
    this.#log = log;
    this.#position = position;
    this.#followedAt = clock.now();
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
    this.#announcer.announce();
    await this.#look();
  }

  /** When it was last known to have read all that there was. */
  get followedAt(): number {
    return this.#followedAt;
  }

  /** Everything up to here has been applied. */
  get position(): LogPosition {
    return this.#position;
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
        const { changes, isWaiting } = await readChanges(this.#db, this.#kit, this.#position, changesAtATime);
        for (const change of changes) {
          await this.#apply(change);
          this.#position = change;
        }
        if (isWaiting) this.#lookAgain();
        if (changes.length < changesAtATime) break;
      }
      this.#followedAt = this.#clock.now();
    } catch (error) {
      // The position has not moved past what failed: the next look tries it again.
      this.#log.error("change log not followed", { error: describeError(error) });
    }
  }

  async #apply(change: Change): Promise<void> {
    this.#roster.changesApplied++;
    const news: News[] = [];
    let concerned = this.#roster.concernedBy(change).filter((entry) => !isTakenBy(entry, change));
    while (concerned.length > 0) {
      const rows = await readLiveSessions(
        this.#db,
        concerned.map(({ id }) => id),
      );
      const overtaken: RosterEntry[] = [];
      for (const entry of concerned) {
        const current = this.#roster.get(entry.id);
        // What the session has done while its row was read may not be undone by it: it is read again.
        if (current && current !== entry) overtaken.push(current);
        if (current === entry) news.push(...this.#enforce(entry, rows.get(entry.id), change));
      }
      concerned = overtaken;
    }
    if (news.length === 0) return;
    // By then all answers are sent that were found while the authorization was still there.
    await turn();
    for (const tell of news) tell();
  }

  /** As the row says and not as the change does: a later one may have been made already. Answers what is to be told. */
  #enforce(entry: RosterEntry, row: LiveSession | undefined, change: Change): News[] {
    const { event, content, exceptSessionId } = change;
    const { link, authorization: before, isSubscribed } = entry;
    if (row && row.secretHash !== entry.secretHash) return [() => link.close(CloseCode.ResumedElsewhere)];
    const isCleared = before !== undefined && row?.authorization?.id !== before.id;
    this.#roster.update(entry, row?.authorization, row?.formerLicenseId);
    if (event === "resumedElsewhere" || event === "expiryMoved" || event === "licenseEnded") return [];
    const { close, clears }: ServerEvent = events[event];
    // An account that goes on with another license is not told of the one that went (LP-CRED-7).
    if (clears && before && !isCleared) return [];
    if (event === "levelsChanged" && !row?.authorization) return [];
    const news: News[] = [];
    if (isSubscribed && exceptSessionId !== entry.id) news.push(() => link.event(event, contentOf(content)));
    if (close !== undefined) news.push(() => link.close(close));
    return news;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    await this.#watch?.[Symbol.asyncDispose]();
    await this.#following;
    clearTimeout(this.#again);
    await this.#announcer[Symbol.asyncDispose]();
  }
}

/** Whether the change only says that this very connection has taken the session over. */
function isTakenBy({ secretHash }: RosterEntry, { event, content }: Change): boolean {
  return event === "resumedElsewhere" && contentOf(content)["secretHash"] === secretHash;
}

function contentOf(json: string): Readonly<Record<string, string>> {
  // Written by us, as text by name.
  const content: unknown = JSON.parse(json);
  const fields = typeof content === "object" && content !== null ? Object.entries(content) : [];
  return Object.fromEntries(fields.map(([name, value]) => [name, String(value)]));
}
