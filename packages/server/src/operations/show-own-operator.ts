import type { Answer } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { findOperator } from "#storage/operators.ts";
import { countRecoveryCodes } from "#storage/recovery-codes.ts";

export async function showOwnOperator(
  { db }: Context,
  { operator: { id, scopes, sessionId } }: CallerOf<"showOwnOperator">,
): Promise<Answer<"showOwnOperator">> {
  const own = await findOperator(db, id);
  if (!own) return refuse("signedOut");
  const recoveryCodes = await countRecoveryCodes(db, own.id);
  return done({ operator: operatorOutput(own), scopes: [...scopes], sessionId, recoveryCodes });
}
