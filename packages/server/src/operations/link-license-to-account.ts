import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, refusedLicense } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { useAuthorization } from "#storage/authorizations.ts";
import { linkLicense, type LinkRefusal } from "#steps/link-license.ts";
import { once } from "#steps/once.ts";
import { accountBefore, settleAccount } from "#steps/release-license.ts";

/** Links and activates a license for the account that the session is authorized by. */
export async function linkLicenseToAccount(
  context: Context,
  caller: CallerOf<"linkLicenseToAccount">,
  { license: key }: InputOf<"linkLicenseToAccount">,
): Promise<Answer<"linkLicenseToAccount">> {
  const { now, changeLog } = context;
  const { applicationId, session, authorization } = caller;
  const { accountId } = authorization;
  const malformed = refusedLicense(key);
  if (malformed) return refuse(malformed);
  const linked = await once<Decision<object, LinkRefusal | "notAuthorized">>(context, caller, async (tx) => {
    const before = await accountBefore(context, tx, accountId);
    const outcome = await linkLicense(context, tx, { applicationId, accountId, key });
    // Names the authorization, so that a logout that has been answered cannot be overtaken, not by a refusal either (LP-OUT-7).
    const named = { sessionId: session.id, secretHash: session.secretHash, authorizationId: authorization.id, now };
    if (!(await useAuthorization(tx, named))) return { refused: "notAuthorized" };
    if (outcome.refused) return outcome;
    await settleAccount(context, tx, before);
    return {};
  });
  if (linked.refused) return refuse(linked.refused);
  await changeLog.wake();
  return done({});
}
