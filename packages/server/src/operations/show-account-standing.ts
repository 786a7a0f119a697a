import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { lockedUntil } from "#domain/locked-until.ts";
import { findApplication } from "#storage/applications.ts";
import { rolesOfAccount } from "#storage/roles.ts";
import { failuresOf } from "#storage/sign-in-failures.ts";
import { findNamedAccount } from "#steps/find-named-account.ts";

/** What an account was given, and what keeps it out. */
export async function showAccountStanding(
  { db, now }: Context,
  _: CallerOf<"showAccountStanding">,
  named: InputOf<"showAccountStanding">,
): Promise<Answer<"showAccountStanding">> {
  const account = await findNamedAccount(db, named);
  const application = account && (await findApplication(db, { id: account.applicationId }));
  if (!application) return refuse("accountNotFound");
  const { id, blacklistedAt } = account;
  const settings = settingsOf(application);
  const locks = (await failuresOf(db, account)).map((failures) => lockedUntil(settings, failures));
  const until = Math.max(0, ...locks);
  return done({
    roles: await rolesOfAccount(db, id),
    ...(blacklistedAt !== null && { blacklistedAt }),
    ...(until > now && { lockedUntil: until }),
  });
}
