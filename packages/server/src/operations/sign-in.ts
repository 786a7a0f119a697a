import type { Answer, InputOf } from "@latchkey/protocol";
import { done, identityKey, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { refusalOf } from "#domain/decision.ts";
import { hashingTurn } from "#domain/operator-terms.ts";
import { findOperatorByEmail } from "#storage/operators.ts";
import { claimSignIn, refusedCode } from "#steps/claim-sign-in.ts";
import { countSignIn } from "#steps/count-sign-in.ts";
import { openOperatorSession } from "#steps/open-operator-session.ts";

/** Limits before any password work, one hash whoever is asked for, then what only who knows the password may learn (MG-SIGN-1 to 3). */
export async function signIn(
  context: Context,
  caller: CallerOf<"signIn">,
  { email, password, code }: InputOf<"signIn">,
): Promise<Answer<"signIn">> {
  const { db, passwords } = context;
  const emailKey = identityKey(email);
  const retryAfter = countSignIn(context, caller.address, emailKey);
  if (retryAfter > 0) return refuse("tooManyRequests", { retryAfter });
  const operator = await findOperatorByEmail(db, emailKey);
  const verified = await passwords.verify(password, operator?.passwordHash, hashingTurn);
  if (!verified) return refuse("tooManyRequests", { retryAfter: retryWhenBusy });
  if (!operator || operator.disabledAt !== null || !verified.matches) return refuse("credentialsWrong");
  const refused = refusedCode(context, operator, code);
  if (refused) return refusalOf(refused);
  // When the queue is full, the next sign-in raises its cost.
  const freshHash = verified.outdated ? await passwords.hash(password, hashingTurn) : undefined;

  const signedIn = await openOperatorSession(context, caller, (tx) =>
    claimSignIn(context, tx, operator, { code, freshHash }),
  );
  return signedIn.refused ? refuse(signedIn.refused) : done(signedIn.output);
}
