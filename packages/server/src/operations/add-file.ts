import type { Answer, InputOf } from "@latchkey/protocol";
import { done, limits, refuse, refusedFileName, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newRowId } from "#crypto/tokens.ts";
import { fileOutput } from "#domain/file-output.ts";
import { dropObject } from "#files/drop-objects.ts";
import { StorageFullError } from "#files/file-store.ts";
import { ContentMismatchError, verified } from "#files/verified.ts";
import { findApplication, lockApplication } from "#storage/applications.ts";
import { adoptObject, insertLooseObject, keepContent } from "#storage/contents.ts";
import { bytesOfOthers, findFile, putFile } from "#storage/files.ts";
import type { Application, Content, ContentId, Db, FileId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** How long an upload may take, and how long a content stays that no file refers to. */
const keptMs = 86_400_000;

/** Stores the content unless it is there, and gives it the name. */
export async function addFile(
  context: Context,
  _: CallerOf<"addFile">,
  { applicationId, name, ...given }: InputOf<"addFile">,
): Promise<Answer<"addFile">> {
  const refusal = refusedFileName(name);
  if (refusal) return refuse(refusal);
  if (given.size > limits.fileSize.max) return refuse("fileTooLarge");
  const { db, clock, now } = context;
  const found = await findApplication(db, { id: applicationId });
  if (!found) return refuse("applicationNotFound");
  // Once more when it is stored, as others store too: this one saves the upload.
  if (await isTooMuch(db, found, { name, size: given.size })) return refuse("storageQuotaReached");
  const stored = await store(context, given);
  if ("refused" in stored) return refuse(stored.refused);

  const added = await transact(db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    if (!application) return { refused: "applicationNotFound" } as const;
    if (await isTooMuch(tx, application, { name, size: given.size }))
      return { refused: "storageQuotaReached" } as const;
    const content = stored.isNew
      ? await adoptObject(tx, stored.content, clock.now())
      : await keepContent(tx, given.checksum, stored.content.keptUntil);
    if (!content) throw new Error("the upload took too long: what it had stored was given up");
    const before = await findFile(tx, { applicationId: application.id, name });
    await putFile(tx, {
      id: newRowId<FileId>(),
      applicationId: application.id,
      name,
      checksum: content.checksum,
      createdAt: now,
      transferCount: 0,
      lastTransferredAt: null,
    });
    const file = await findFile(tx, { applicationId: application.id, name });
    if (file && file.id !== before?.id) {
      const states = { before: before && fileOutput(before), after: fileOutput(file) };
      await recordAudit(tx, context, { record: "file", id: name, applicationId, ...states });
    }
    return { file };
  });
  if (added.refused) return refuse(added.refused);
  if (!added.file) throw new Error("the file is not there after it was added");
  return done({ file: fileOutput(added.file) });
}

/** Whether the application's files would be larger than it may have; a file of the same name makes room. */
async function isTooMuch(
  db: Db,
  application: Application,
  { name, size }: Pick<InputOf<"addFile">, "name" | "size">,
): Promise<boolean> {
  const { storageQuota } = settingsOf(application);
  return storageQuota !== null && (await bytesOfOthers(db, application.id, name)) + size > storageQuota;
}

type Stored =
  | { readonly content: Content; readonly isNew: boolean }
  | { readonly refused: "fileContentMismatch" | "fileStorageFull" };

/** Reads the content in any case: knowing the checksum of somebody else's file is not having it. */
async function store(
  { db, now, fileStore }: Context,
  { checksum, size, content: given }: Pick<InputOf<"addFile">, "checksum" | "size" | "content">,
): Promise<Stored> {
  const keptUntil = now + keptMs;
  const content = verified(given, { checksum, size });
  const object = { id: newRowId<ContentId>(), checksum };
  try {
    const present = await keepContent(db, checksum, keptUntil);
    if (present) {
      for await (const _ of content);
      return { content: present, isNew: false };
    }
    await insertLooseObject(db, { ...object, leaseUntil: keptUntil });
    await fileStore.put(object, size, content);
    return { content: { ...object, size, keptUntil }, isNew: true };
  } catch (error) {
    const refused = refusalOf(error);
    if (!refused) throw error;
    await dropObject(db, fileStore, object);
    return { refused };
  }
}

function refusalOf(error: unknown) {
  if (error instanceof ContentMismatchError) return "fileContentMismatch";
  return error instanceof StorageFullError ? "fileStorageFull" : undefined;
}
