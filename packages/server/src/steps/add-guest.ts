import { settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { defaultProperties } from "#domain/registration-form.ts";
import { insertAccount } from "#storage/accounts.ts";
import { countOneMoreAccount } from "#storage/applications.ts";
import { columnsOf } from "#storage/columns.ts";
import type { Db } from "#storage/tables.ts";
import { newAccount, refusedForRoom } from "./add-account.ts";
import type { Claimed } from "./open-user-session.ts";
import { recordAccount } from "./record-account.ts";

/** Makes an account without an identity. It counts as a registration does: for its address' day, and for the quota. */
export async function addGuest(
  context: Context,
  tx: Db,
  { applicationId, address, keyKind }: CallerOf<"loginAsGuest">,
): Promise<Claimed<"loginsDisabled" | "tooManyRequests" | "accountQuotaReached">> {
  const { now } = context;
  const application = await countOneMoreAccount(tx, applicationId);
  if (!application) return { refused: "loginsDisabled" };
  const { registrationsPerAddressPerDay: perDay } = settingsOf(application);
  const signUp = keyKind === "BL" ? undefined : ({ door: "user-service", address, perDay } as const);
  const full = await refusedForRoom(tx, application, signUp, now);
  if (full) return full;
  const guest = newAccount(
    { applicationId },
    defaultProperties(await columnsOf(tx, { applicationId })),
    signUp,
    null,
    now,
  );
  const account = await insertAccount(tx, { ...guest, status: "guest", lastLoginAt: now });
  await recordAccount(tx, context, undefined, account);
  return { account };
}
