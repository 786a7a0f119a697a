import { measuresAreKeptMs, minutesAreKeptMs, operatorSessionBounds, settingsOf } from "@latchkey/protocol";
import { dropUnusedObjects } from "#files/drop-objects.ts";
import type { FileStore } from "#files/file-store.ts";
import { describeError, type Log } from "#report/log.ts";
import { pruneLinks } from "#storage/account-links.ts";
import { listApplications, lockApplication } from "#storage/applications.ts";
import { pruneAnswers } from "#storage/answers.ts";
import { pruneBulkJobs } from "#storage/bulk-jobs.ts";
import { pruneChanges } from "#storage/changes.ts";
import { noteHeldGuests, removeGuests, staleGuests } from "#storage/guests.ts";
import { pruneInvitations } from "#storage/invitations.ts";
import { pruneManagementRequests } from "#storage/management-requests.ts";
import { oldestMinute, pruneMeasures, rollUp } from "#storage/measures.ts";
import { pruneNodes } from "#storage/nodes.ts";
import { pruneOperatorSessions } from "#storage/operator-sessions.ts";
import { pruneLostSessions } from "#storage/sessions.ts";
import { pruneSignInAttempts } from "#storage/sign-in-attempts.ts";
import { pruneFailures } from "#storage/sign-in-failures.ts";
import type { Application, ApplicationId, Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { pruneUserSessions } from "#storage/user-sessions.ts";
import { pruneDeliveries } from "#storage/webhook-deliveries.ts";
import type { Clock, Timer } from "#clock.ts";

const everyMs = 60_000;
/** How exactly it is known when a guest last had a session. */
const guestLagMs = 3_600_000;
const guestsAtATime = 500;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** The use of a session is written within two minutes. */
const activityLagMs = 120_000;
/** Longer than any process could be behind and still hold a lease. */
const keepChangesMs = 3_600_000;
const keepDeliveriesMs = 30 * dayMs;
/** Far beyond any lock, so that nothing that still says something is dropped. */
const keepMs = 366 * 86_400_000;

/** Says in the audit log that guests of an application were removed. */
type NoteRemoval = (tx: Db, applicationId: ApplicationId, count: number) => Promise<void>;

/** Drops rows that no longer say anything. No answer depends on it: it only keeps tables small. */
export class Upkeep implements AsyncDisposable {
  readonly #timer: Timer;
  #running: Promise<void> = Promise.resolve();

  constructor(db: Db, fileStore: FileStore, clock: Clock, log: Log, resumeWindowMs: number, noteRemoval: NoteRemoval) {
    this.#timer = clock.every(everyMs, () => {
      this.#running = this.#running.then(async () => {
        try {
          await prune(db, clock.now(), resumeWindowMs, noteRemoval);
          await dropUnusedObjects(db, fileStore, clock.now());
        } catch (error) {
          log.error("upkeep failed", { error: describeError(error) });
        }
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    await this.#running;
  }
}

async function prune(db: Db, now: number, resumeWindowMs: number, noteRemoval: NoteRemoval): Promise<void> {
  await pruneLostSessions(db, now);
  await pruneNodes(db, now - resumeWindowMs);
  await pruneChanges(db, now - keepChangesMs);
  await pruneAnswers(db, now - resumeWindowMs - keepChangesMs);
  await pruneManagementRequests(db, now - dayMs);
  await pruneLinks(db, now);
  await pruneFailures(db, now - keepMs);
  await pruneBulkJobs(db, now - keepMs);
  await pruneSignInAttempts(db, now);
  await pruneInvitations(db, now);
  await pruneOperatorSessions(db, operatorSessionBounds(now));
  await pruneDeliveries(db, now - keepDeliveriesMs);
  for (const application of await listApplications(db)) {
    const timeoutMs = settingsOf(application).sessionTimeoutSeconds * 1000;
    await removeStaleGuests(db, application, now, noteRemoval);
    await pruneUserSessions(db, application.id, now - timeoutMs - activityLagMs);
    await thinMeasures(db, application, now);
  }
}

/** An hour at a time, so that nobody waits for one who has been away for long (MG-METRIC-5). */
async function thinMeasures(db: Db, { id }: Application, now: number): Promise<void> {
  const oldest = await oldestMinute(db, id, wholeHour(now - minutesAreKeptMs));
  if (oldest !== undefined) {
    await transact(db, async (tx) => {
      await rollUp(tx, id, wholeHour(oldest));
      return {};
    });
  }
  await pruneMeasures(db, id, now - measuresAreKeptMs);
}

function wholeHour(at: number): number {
  return at - (at % hourMs);
}

/**
 * Deletes guests that have had no session for the application's time (US-GUEST-3). Sessions end in many ways and leave
 * nothing behind, so those that are there are noted on the guest; rather an hour too late than a minute too early.
 */
async function removeStaleGuests(
  db: Db,
  application: Application,
  now: number,
  noteRemoval: NoteRemoval,
): Promise<void> {
  const { id } = application;
  await noteHeldGuests(db, id, now, now - guestLagMs);
  const before = now - settingsOf(application).guestRetentionDays * dayMs - guestLagMs;
  const ids = await staleGuests(db, id, before, guestsAtATime);
  if (ids.length === 0) return;
  await transact(db, async (tx) => {
    // Rows are locked in the order application, account.
    await lockApplication(tx, id);
    const count = await removeGuests(tx, id, ids, before);
    if (count > 0) await noteRemoval(tx, id, count);
    return {};
  });
}
