import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { sha256 } from "#crypto/tokens.ts";
import { handOverOf } from "#domain/hand-over.ts";
import { readBegun } from "#domain/social-form.ts";
import { settingsOfProvider } from "#providers/settings.ts";
import { insertSignInAttempt } from "#storage/sign-in-attempts.ts";
import { admitSocialLogin, detailsOf } from "#steps/admit-social-login.ts";
import { callbackUrl } from "#steps/callback-url.ts";

/** How long somebody may take at the provider. */
const takesAtMostMs = 600_000;

/** Begins a sign-in at a provider: everything that it will have to come back to is settled and kept now. */
export async function beginSocialLogin(
  context: Context,
  caller: CallerOf<"beginSocialLogin">,
  input: InputOf<"beginSocialLogin">,
): Promise<Answer<"beginSocialLogin">> {
  const { db, now, providers } = context;
  const admitted = await admitSocialLogin(context, caller, caller.applicationId, input.provider);
  if (admitted.refused) return refuse(admitted.refused, detailsOf(admitted, input.provider));
  const { application, provider } = admitted;
  const read = readBegun(input);
  if (read.refused) return refuse(read.refused);
  const { redirectUrl } = settingsOfProvider(provider.settings);
  const allowed = { origins: settingsOf(application).allowedOrigins, redirectUrl };
  const target = handOverOf(read.form, allowed, caller.origin);
  if (target.refused) return refuse(target.refused);

  const { sealed, ...ties } = providers.newTies();
  const address = await providers.address(provider, callbackUrl(context, application, provider), ties);
  if (address.refused) return refuse(address.refused);
  await insertSignInAttempt(db, {
    stateHash: sha256(ties.state),
    applicationId: application.id,
    provider: provider.name,
    sealedSecrets: sealed,
    fieldsMapping: JSON.stringify(read.form.fieldsMapping),
    handOver: JSON.stringify(target.handOver),
    expiresAt: now + takesAtMostMs,
  });
  return done({ url: address.url });
}
