import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { fileOutput } from "#domain/file-output.ts";
import { findApplication } from "#storage/applications.ts";
import { listFiles as list } from "#storage/files.ts";

export async function listFiles(
  { db }: Context,
  _: CallerOf<"listFiles">,
  { applicationId }: InputOf<"listFiles">,
): Promise<Answer<"listFiles">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  return done({ files: (await list(db, application.id)).map(fileOutput) });
}
