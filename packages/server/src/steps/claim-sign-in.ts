import type { Context } from "#context.ts";
import type { Decision, Refused } from "#domain/decision.ts";
import { claimOperator } from "#storage/operators.ts";
import type { Db } from "#storage/tables.ts";
import type { Operator } from "#storage/tables-operators.ts";
import { countCode } from "./count-sign-in.ts";
import { takeSecondFactor } from "./take-second-factor.ts";

/** Before anything is written: whether there is a code where one is needed, and not too many have been tried. */
export function refusedCode(
  context: Context,
  { id, sealedFactor }: Operator,
  code: string | undefined,
): Refused<"secondFactorRequired" | "tooManyRequests"> | undefined {
  if (sealedFactor === null) return undefined;
  if (!code) return { refused: "secondFactorRequired" };
  const retryAfter = countCode(context, id);
  return retryAfter > 0 ? { refused: "tooManyRequests", retryAfter } : undefined;
}

/** Claims an operator whose password or link was checked, and uses up the code where there is a second factor. */
export async function claimSignIn(
  context: Context,
  tx: Db,
  operator: Operator,
  { code = "", freshHash }: { readonly code?: string | undefined; readonly freshHash?: string | undefined },
): Promise<Decision<{ readonly operator: Operator }, "credentialsWrong" | "secondFactorWrong">> {
  const claimed = await claimOperator(tx, operator, { now: context.now, freshHash });
  if (!claimed) return { refused: "credentialsWrong" };
  if (claimed.sealedFactor === null || (await takeSecondFactor(context, tx, claimed, code)))
    return { operator: claimed };
  return { refused: "secondFactorWrong" };
}
