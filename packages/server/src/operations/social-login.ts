import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { providerName } from "#domain/provider-terms.ts";
import { readToken } from "#domain/social-form.ts";
import { readProfile } from "#domain/social-profile.ts";
import { settingsOfProvider } from "#providers/settings.ts";
import { findAccount } from "#storage/accounts.ts";
import type { Account } from "#storage/tables.ts";
import { admitSocialLogin, detailsOf } from "#steps/admit-social-login.ts";
import { openSocialSession } from "#steps/open-social-session.ts";
import { howUsersLook } from "#steps/how-users-look.ts";

/** Signs in with a token that the client has got at the provider, if it was issued to this application. */
export async function socialLogin(
  context: Context,
  caller: CallerOf<"socialLogin">,
  input: InputOf<"socialLogin">,
): Promise<Answer<"socialLogin">> {
  const { applicationId, keyKind, address } = caller;
  const admitted = await admitSocialLogin(context, caller, applicationId, input.provider);
  if (admitted.refused) return refuse(admitted.refused, detailsOf(admitted, input.provider));
  const { application, provider } = admitted;
  // A token of OAuth 1 comes with a secret; no provider of that kind can be configured.
  const { accessTokenSecret: secret } = input;
  if (secret !== undefined && secret !== null)
    return refuse("providerNotConfigured", { provider: providerName(input.provider) });
  const form = readToken(input);
  if (form.refused) return refuse(form.refused);
  const { accessToken, fieldsMapping, guestId } = form.form;
  const brought = guestId === undefined ? {} : await guestOf(context, caller, guestId);
  if (brought.refused) return refuse(brought.refused);

  const settings = settingsOfProvider(provider.settings);
  const told = await context.providers.read(provider, accessToken);
  if (told.refused) return refuse(told.refused);
  const read = readProfile(settings, told.claims);
  if (read.refused) return refuse(read.refused);
  const signIn = {
    application,
    provider: { name: provider.name, settings },
    ...read,
    fieldsMapping,
    ...brought,
    ...(keyKind !== "BL" && { address }),
  };
  const show = await howUsersLook(context.db, application);
  const opened = await openSocialSession(context, signIn, address);
  if (opened.refused) return refuse(opened.refused, detailsOf(opened, provider.name));
  return done({ account: show(opened.account), token: opened.token });
}

/** A guest is converted by himself, or by server code (as in US-REG-9). */
async function guestOf(
  { db }: Context,
  { applicationId, keyKind, authorization }: CallerOf<"socialLogin">,
  id: string,
): Promise<Decision<{ readonly guest?: Account }, "guestNotConvertible">> {
  const guest = await findAccount(db, { id });
  const isOwn = guest !== undefined && authorization?.accountId === guest.id;
  const isGuest = guest?.applicationId === applicationId && guest.status === "guest";
  return isGuest && (isOwn || keyKind === "BL") ? { guest } : { refused: "guestNotConvertible" };
}
