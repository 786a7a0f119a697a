import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { sha256 } from "#crypto/tokens.ts";
import { readProfile } from "#domain/social-profile.ts";
import { settingsOfProvider } from "#providers/settings.ts";
import { attemptDetails, takeSignInAttempt } from "#storage/sign-in-attempts.ts";
import { admitSocialLogin, detailsOf } from "#steps/admit-social-login.ts";
import { callbackUrl } from "#steps/callback-url.ts";
import { openSocialSession } from "#steps/open-social-session.ts";
import { howUsersLook } from "#steps/how-users-look.ts";

/**
 * Ends a sign-in with what a browser brought back from the provider. The attempt is used up before the provider is asked,
 * so the same way back leads nowhere a second time, on whatever node (US-SOCIAL-3).
 */
export async function completeSocialLogin(
  context: Context,
  caller: CallerOf<"completeSocialLogin">,
  input: InputOf<"completeSocialLogin">,
): Promise<Answer<"completeSocialLogin">> {
  const { db, now, providers } = context;
  const admitted = await admitSocialLogin(context, caller, input.applicationId, input.provider);
  if (admitted.refused) return refuse(admitted.refused, detailsOf(admitted, input.provider));
  const { application, provider } = admitted;
  const stateHash = sha256(new URLSearchParams(input.query).get("state") ?? "");
  const attempt = await takeSignInAttempt(db, {
    stateHash,
    applicationId: application.id,
    provider: provider.name,
    now,
  });
  const ties = attempt && providers.tiesIn(attempt.sealedSecrets);
  if (!ties) return refuse("signInUnknown");
  const { handOver, fieldsMapping } = attemptDetails(attempt);

  const settings = settingsOfProvider(provider.settings);
  const cameBackTo = new URL(`${callbackUrl(context, application, provider)}?${input.query}`);
  const redeemed = await providers.redeem(provider, cameBackTo, ties);
  if (redeemed.refused) return refuse(redeemed.refused, { handOver });
  const read = readProfile(settings, redeemed.claims);
  if (read.refused) return refuse(read.refused, { handOver });
  const { address } = caller;
  const signIn = { application, provider: { name: provider.name, settings }, ...read, fieldsMapping, address };
  const show = await howUsersLook(db, application);
  const opened = await openSocialSession(context, signIn, address);
  if (opened.refused) return refuse(opened.refused, { handOver, ...detailsOf(opened, provider.name) });
  return done({ account: show(opened.account), token: opened.token, handOver });
}
