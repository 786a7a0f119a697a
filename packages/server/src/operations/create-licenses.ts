import type { Answer, InputOf, OutputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import { addLicenses } from "#steps/add-licenses.ts";

type Created = Decided & OutputOf<"createLicenses">;

/** Creates licenses with one plan and fresh keys. */
export async function createLicenses(
  context: Context,
  _: CallerOf<"createLicenses">,
  { applicationId, ...plan }: InputOf<"createLicenses">,
): Promise<Answer<"createLicenses">> {
  const application = await findApplication(context.db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const created = await transact<Created>(context.db, async (tx) => ({
    licenses: await addLicenses(context, tx, application.id, plan),
  }));
  return done(created);
}
