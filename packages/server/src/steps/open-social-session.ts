import type { Context } from "#context.ts";
import type { Refused } from "#domain/decision.ts";
import { claimAccount } from "#storage/accounts.ts";
import { findAccountBySocialIdentity } from "#storage/social-identities.ts";
import type { Db } from "#storage/tables.ts";
import { findSocialAccount, type SocialAccount, type SocialSignIn } from "./find-social-account.ts";
import { type Claimed, type Opened, openUserSession } from "./open-user-session.ts";

/** Signs in who has signed in at a provider. */
export async function openSocialSession(
  context: Context,
  signIn: SocialSignIn,
  address: string,
): Promise<Opened<"credentialsWrong"> | Refused<NonNullable<SocialAccount["refused"]>>> {
  const found = await findSocialAccount(context, signIn);
  if (found.refused) return found;
  const { account, key } = found;
  return openUserSession(context, signIn.application, address, claim, signIn.provider.name);

  /** The account may have become another's since: who has proven to have its address unties everybody else. */
  async function claim(tx: Db): Promise<Claimed<"credentialsWrong">> {
    const claimed = await claimAccount(tx, account, context.now);
    const owner = claimed && (await findAccountBySocialIdentity(tx, key));
    return claimed && owner?.id === account.id ? { account: claimed } : { refused: "credentialsWrong" };
  }
}
