import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { removeFile } from "#storage/files.ts";

export async function deleteFile(
  { db }: Context,
  _: CallerOf<"deleteFile">,
  { applicationId, name }: InputOf<"deleteFile">,
): Promise<Answer<"deleteFile">> {
  return (await removeFile(db, applicationId, name)) ? done({}) : refuse("fileNotFound");
}
