import type { Context } from "#context.ts";
import type { Refused } from "#domain/decision.ts";
import { admitsClient, byEnd, isValid } from "#domain/license-terms.ts";
import type { Db, License } from "#storage/tables.ts";
import { type Admission, type Admitted, admitSession } from "./admit-session.ts";
import { claimLicense } from "./claim-license.ts";

export type Held = Admitted | Refused<"noValidLicense" | "clientIdMismatch">;

/**
 * Admits an account's session with one of its licenses, whose seat it takes: the one that ends last of those that are
 * valid, admit this client and have a seat left (LP-CRED-3, 7). Runs in the caller's transaction.
 */
export async function holdLicense(
  context: Context,
  tx: Db,
  licenses: readonly License[],
  admission: Admission,
): Promise<Held> {
  const { now } = context;
  const { clientId } = admission.session;
  const valid = licenses.filter((license) => isValid(license, now));
  if (valid.length === 0) return { refused: "noValidLicense" };
  const usable = valid.filter((license) => admitsClient(license, clientId)).sort(byEnd);

  let held: Held = { refused: "clientIdMismatch" };
  for (const license of usable) {
    const claimed = await claimLicense(context, tx, license, clientId);
    if (!claimed) continue;
    held = await admitSession(context, tx, { ...admission, license: claimed });
    if (held.refused !== "noFreeSeat") break;
  }
  return held;
}
