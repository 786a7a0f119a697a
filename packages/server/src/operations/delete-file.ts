import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findFile, removeFile } from "#storage/files.ts";
import { asId } from "#crypto/tokens.ts";
import type { Decision } from "#domain/decision.ts";
import type { ApplicationId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";
import { fileOutput } from "#domain/file-output.ts";

export async function deleteFile(
  context: Context,
  _: CallerOf<"deleteFile">,
  { applicationId, name }: InputOf<"deleteFile">,
): Promise<Answer<"deleteFile">> {
  const removed = await transact<Decision<object, "fileNotFound">>(context.db, async (tx) => {
    const file = await findFile(tx, { applicationId: asId<ApplicationId>(applicationId), name });
    if (!file || !(await removeFile(tx, file.applicationId, name))) return { refused: "fileNotFound" };
    await recordAudit(tx, context, { record: "file", id: name, applicationId, before: fileOutput(file) });
    return {};
  });
  return removed.refused ? refuse(removed.refused) : done({});
}
