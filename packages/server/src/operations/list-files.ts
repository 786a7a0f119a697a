import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { fileOutput } from "#domain/file-output.ts";
import { findApplication } from "#storage/applications.ts";
import { fileListing } from "#storage/files.ts";
import type { File } from "#storage/tables.ts";
import { readList } from "#steps/read-list.ts";

export async function listFiles(
  { db }: Context,
  _: CallerOf<"listFiles">,
  { applicationId, search, ...page }: InputOf<"listFiles">,
): Promise<Answer<"listFiles">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const found = await readList<File, "name" | "created">(db, page, "name", (by) =>
    fileListing(application.id, search, by),
  );
  if (found.refused) return refuse(found.refused);
  return done({ files: found.rows.map(fileOutput), ...found.next });
}
