import type { Db } from "./tables.ts";
import type { OperatorId } from "./tables-operators.ts";

/** Puts these in the place of all that an operator has. */
export async function replaceRecoveryCodes(tx: Db, operatorId: OperatorId, hashes: readonly string[]): Promise<void> {
  await tx.deleteFrom("recoveryCode").where("operatorId", "=", operatorId).execute();
  if (hashes.length === 0) return;
  await tx
    .insertInto("recoveryCode")
    .values(hashes.map((codeHash) => ({ operatorId, codeHash })))
    .execute();
}

/** Takes a code away for good; `false`: there is none like it. */
export async function useRecoveryCode(tx: Db, operatorId: OperatorId, codeHash: string): Promise<boolean> {
  const used = await tx
    .deleteFrom("recoveryCode")
    .where("operatorId", "=", operatorId)
    .where("codeHash", "=", codeHash)
    .returning("codeHash")
    .executeTakeFirst();
  return used !== undefined;
}

export async function countRecoveryCodes(db: Db, operatorId: OperatorId): Promise<number> {
  const { count } = await db
    .selectFrom("recoveryCode")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("operatorId", "=", operatorId)
    .executeTakeFirstOrThrow();
  return count;
}
