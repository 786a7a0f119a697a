import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { newRowId } from "#crypto/tokens.ts";
import { type Decision, refusalOf } from "#domain/decision.ts";
import { operatorRow, readNewOperator } from "#domain/new-operator.ts";
import { hashingTurn, isOperatorPassword } from "#domain/operator-terms.ts";
import { useInvitation } from "#storage/invitations.ts";
import { endOperatorSessions } from "#storage/operator-sessions.ts";
import { insertOperator, isAnyOwner } from "#storage/operators.ts";
import type { Db } from "#storage/tables.ts";
import type { Invitation, Operator, OperatorId } from "#storage/tables-operators.ts";
import { claimSignIn, refusedCode } from "#steps/claim-sign-in.ts";
import { findInvitation } from "#steps/find-invitation.ts";
import { openOperatorSession } from "#steps/open-operator-session.ts";

type Accepted = Decision<{ readonly operator: Operator }, "linkInvalid" | "emailTaken" | "secondFactorWrong">;

/** What is to be written once the password is hashed, by whoever still has the link then. */
type Prepared = Decision<
  { readonly write: (tx: Db, passwordHash: string) => Promise<Accepted> },
  "emailInvalid" | "nameInvalid" | "passwordRefused" | "secondFactorRequired" | "tooManyRequests"
>;

/** Uses a link up, for somebody to become an operator or to set a new password, and signs in (MG-OP-6 to 8). */
export async function acceptInvitation(
  context: Context,
  caller: CallerOf<"acceptInvitation">,
  input: InputOf<"acceptInvitation">,
): Promise<Answer<"acceptInvitation">> {
  const found = await findInvitation(context, caller, input.secret);
  if (found.refused) return refusalOf(found);
  const { invitation, operator } = found;
  const prepared = operator
    ? prepareReset(context, invitation, operator, input)
    : prepareNew(context, invitation, input);
  if (prepared.refused) return refusalOf(prepared);
  const passwordHash = await context.passwords.hash(input.password, hashingTurn);
  if (!passwordHash) return refuse("tooManyRequests", { retryAfter: retryWhenBusy });
  const signedIn = await openOperatorSession(context, caller, (tx) => prepared.write(tx, passwordHash));
  return signedIn.refused ? refuse(signedIn.refused) : done(signedIn.output);
}

function prepareNew({ now }: Context, invitation: Invitation, input: InputOf<"acceptInvitation">): Prepared {
  const { kind, email, role, secretHash } = invitation;
  const { name = "", password } = input;
  const read = readNewOperator({ email: email ?? input.email ?? "", name, password, role });
  if (read.refused) return read;
  return {
    async write(tx, passwordHash) {
      if (!(await useInvitation(tx, { secretHash, now }))) return { refused: "linkInvalid" };
      if (kind === "setUp" && (await isAnyOwner(tx))) return { refused: "linkInvalid" };
      const operator = { ...operatorRow(read.form, newRowId<OperatorId>(), passwordHash, now), lastSignInAt: now };
      return (await insertOperator(tx, operator)) ? { operator } : { refused: "emailTaken" };
    },
  };
}

/** A link alone does not get past the second factor. */
function prepareReset(
  context: Context,
  { secretHash }: Invitation,
  operator: Operator,
  input: InputOf<"acceptInvitation">,
): Prepared {
  const { password, code } = input;
  if (!isOperatorPassword(password, operator.email)) return { refused: "passwordRefused" };
  const refused = refusedCode(context, operator, code);
  if (refused) return refused;
  return {
    async write(tx, freshHash) {
      const claimed = await claimSignIn(context, tx, operator, { code, freshHash });
      if (claimed.refused) return { refused: claimed.refused === "credentialsWrong" ? "linkInvalid" : claimed.refused };
      // The operator first: whoever makes or voids such links has locked it, too.
      if (!(await useInvitation(tx, { secretHash, now: context.now }))) return { refused: "linkInvalid" };
      await endOperatorSessions(tx, operator.id);
      return claimed;
    },
  };
}
