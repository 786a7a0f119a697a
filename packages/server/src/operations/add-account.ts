import type { Answer, InputOf } from "@latchkey/protocol";
import { CredentialsType, done, isEmail, refuse, refusedLogin, refusedPassword, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { refusalOf } from "#domain/decision.ts";
import { findApplication } from "#storage/applications.ts";
import { addAccount as add } from "#steps/add-account.ts";

/** Creates an account that can sign in at every door, so the live door's lengths hold for it. */
export async function addAccount(
  context: Context,
  _: CallerOf<"addAccount">,
  { applicationId: id, credentialsType, identity: given, password }: InputOf<"addAccount">,
): Promise<Answer<"addAccount">> {
  const application = await findApplication(context.db, { id });
  if (!application) return refuse("applicationNotFound");
  const identity = given.trim();
  const refused = refusedLogin(identity) ?? refusedPassword(password, settingsOf(application).passwordMinLength);
  if (refused) return refuse(refused);
  const isAddress = credentialsType === CredentialsType.EmailPassword;
  if (isAddress && !isEmail(identity)) return refuse("emailInvalid");
  const added = await add(context, {
    byOperator: true,
    applicationId: application.id,
    identities: [identity],
    ...(isAddress ? { email: identity } : { login: identity }),
    password,
  });
  return added.refused ? refusalOf(added) : done({ account: accountOutput(added.account) });
}
