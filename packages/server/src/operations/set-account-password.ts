import type { Answer, InputOf } from "@latchkey/protocol";
import { refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { isPasswordAllowed } from "#domain/user-form.ts";
import { voidLinks } from "#storage/account-links.ts";
import { setPasswordHash } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { changeAccount } from "#steps/change-account.ts";
import { findNamedAccount } from "#steps/find-named-account.ts";

/** Gives an account a new password and ends all of its sessions: whoever knew the old one is out. */
export async function setAccountPassword(
  context: Context,
  _: CallerOf<"setAccountPassword">,
  { password, ...named }: InputOf<"setAccountPassword">,
): Promise<Answer<"setAccountPassword">> {
  const { db, passwords, now } = context;
  const account = await findNamedAccount(db, named);
  const application = account && (await findApplication(db, { id: account.applicationId }));
  if (!application) return refuse("accountNotFound");
  if (!isPasswordAllowed(password, settingsOf(application).passwordMinLength)) return refuse("passwordRefused");
  const hash = await passwords.hash(password, application.id);
  if (!hash) return refuse("tooManyRequests", { retryAfter: retryWhenBusy });
  return changeAccount(context, named, {
    ends: { event: "accountPasswordChanged" },
    async write(tx, { id }) {
      const changed = await setPasswordHash(tx, id, hash, now);
      await voidLinks(tx, id, ["recover"]);
      return changed;
    },
  });
}
