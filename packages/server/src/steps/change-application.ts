import type { Answer, EventName } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { untilForgotten } from "#cluster/remembered-applications.ts";
import { applicationOutput } from "#domain/application-output.ts";
import type { Decision } from "#domain/decision.ts";
import { lockApplication, readableKeys } from "#storage/applications.ts";
import { appendChange } from "#storage/changes.ts";
import type { Application, Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { recordApplication } from "./record-application.ts";
import { isStale } from "./is-stale.ts";

/** What is done to an application, and what its clients are told. */
export interface ApplicationChange {
  readonly event?: EventName;
  readonly content?: (changed: Application) => Readonly<Record<string, string>>;
  /** The one statement that does it. No row: it was done already, and nobody is told again. */
  readonly write: (tx: Db, application: Application) => Promise<Application | undefined>;
}

/** Changes an application and the change log in one transaction. */
export async function changeApplication(
  context: Context,
  id: string,
  { event, content = () => ({}), write }: ApplicationChange,
): Promise<Answer<"pauseApplication">> {
  const { db, now, changeLog } = context;
  const changed = await transact<
    Decision<{ readonly application: Application }, "applicationNotFound" | "changedMeanwhile">
  >(db, async (tx) => {
    const found = await lockApplication(tx, id);
    if (!found) return { refused: "applicationNotFound" };
    if (context.expects !== undefined && isStale(context, { application: await shown(tx, found) }))
      return { refused: "changedMeanwhile" };
    const application = await write(tx, found);
    if (!application) return { application: found };
    await recordApplication(tx, context, found, event === "appDeleted" ? undefined : application);
    if (event) await appendChange(tx, { event, applicationId: found.id, content: content(application) }, now);
    return { application };
  });
  if (changed.refused) return refuse(changed.refused);
  await Promise.all([changeLog.wake(), untilForgotten()]);
  const { application } = changed;
  return done({ application: await shown(db, application) });
}

async function shown(db: Db, application: Application) {
  return applicationOutput(application, settingsOf(application), await readableKeys(db, application.id));
}
