import type { Context } from "#context.ts";
import { expiryFrom } from "#domain/license-terms.ts";
import { claimLicense as claim, lockLicense } from "#storage/licenses.ts";
import type { Db, License } from "#storage/tables.ts";
import { recordLicense } from "./record-license.ts";

/** Uses a license, as it was read, for an authorization; its first use, which activates and binds it, is a change of it. */
export async function claimLicense(
  context: Context,
  tx: Db,
  read: License,
  clientId: string,
): Promise<License | undefined> {
  const { now } = context;
  const isToBind = read.clientPolicy === "first" && read.clientId === null;
  const isUsed = read.activatedAt !== null && !isToBind;
  // Of two first uses at once, the second finds it used.
  const before = isUsed ? read : await lockLicense(tx, read.id);
  const license = before && (await claim(tx, { id: before.id, clientId, now, expiresAt: expiryFrom(before, now) }));
  if (!license) return undefined;
  const isChanged = license.activatedAt !== before.activatedAt || license.clientId !== before.clientId;
  if (isChanged) await recordLicense(tx, context, before, license);
  return license;
}
