import type { Answer, InputOf } from "@latchkey/protocol";
import { codePoints, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { voidLinks } from "#storage/account-links.ts";
import { findAccount, setPasswordHash } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { changeAccount } from "#steps/change-account.ts";

const passwordAtMost = 256;

/** Gives an account a new password and ends all of its sessions: whoever knew the old one is out. */
export async function setAccountPassword(
  context: Context,
  _: CallerOf<"setAccountPassword">,
  { accountId, password }: InputOf<"setAccountPassword">,
): Promise<Answer<"setAccountPassword">> {
  const { db, passwords, now } = context;
  const account = await findAccount(db, { id: accountId });
  const application = account && (await findApplication(db, { id: account.applicationId }));
  if (!application) return refuse("accountNotFound");
  const length = codePoints(password);
  if (length < settingsOf(application).passwordMinLength || length > passwordAtMost) return refuse("passwordRefused");
  const hash = await passwords.hash(password, application.id);
  if (!hash) return refuse("tooManyRequests", { retryAfter: 1 });
  return changeAccount(context, accountId, {
    ends: { event: "accountPasswordChanged" },
    async write(tx, { id }) {
      const changed = await setPasswordHash(tx, id, hash, now);
      await voidLinks(tx, id, ["recover"]);
      return changed;
    },
  });
}
