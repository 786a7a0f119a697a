import type { Answer, InputOf } from "@latchkey/protocol";
import { CredentialsType, cutTo, done, limits, refuse, refusedCredentials, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusalOf } from "#domain/decision.ts";
import { findApplication } from "#storage/applications.ts";
import { addAccount } from "#steps/add-account.ts";

/** Creates an account, with its license linked and activated if one is given; does not authorize the session. */
export async function createAccount(
  context: Context,
  caller: CallerOf<"createAccount">,
  input: InputOf<"createAccount">,
): Promise<Answer<"createAccount">> {
  const { applicationId, address } = caller;
  const application = await findApplication(context.db, { id: applicationId });
  if (!application) return refuse("registrationClosed");
  const { passwordMinLength, accountsPerAddressPerDay } = settingsOf(application);
  const refused = refusedCredentials(input, passwordMinLength);
  if (refused) return refuse(refused);

  const { password, comment, license, credentialsType } = input;
  const identity = input.login.trim();
  const request = {
    applicationId,
    identities: [identity],
    ...(credentialsType === CredentialsType.EmailPassword ? { email: identity } : { login: identity }),
    password,
    ...(comment && { comment: cutTo(comment, limits.comment) }),
    ...(license && { license }),
    signUp: { door: "live", address, perDay: accountsPerAddressPerDay },
  } as const;
  const added = await addAccount(context, request, caller);
  return added.refused ? refusalOf(added) : done({});
}
