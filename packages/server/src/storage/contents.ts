import type { Content, Db, LooseObject } from "./tables.ts";

/**
 * Keeps a content that is there, for long enough to give it a name. `undefined`: there is none. What a drop and an
 * upload of the same content race for is this row: whoever is second finds that it does not hold any more.
 */
export function keepContent(db: Db, checksum: string, keptUntil: number): Promise<Content | undefined> {
  return db
    .updateTable("content")
    .set({ keptUntil })
    .where("checksum", "=", checksum)
    .returningAll()
    .executeTakeFirst();
}

/** Keeps all contents, whether or not a file refers to them, for as long as somebody copies them. */
export async function keepAllContents(db: Db, keptUntil: number): Promise<void> {
  await db.updateTable("content").set({ keptUntil }).where("keptUntil", "<", keptUntil).execute();
}

/** Takes a place for an object, before anything is written there: whatever becomes of the upload, upkeep finds it. */
export async function insertLooseObject(db: Db, object: LooseObject): Promise<void> {
  await db.insertInto("looseObject").values(object).execute();
}

/**
 * Makes a complete object the content of its checksum. If another upload of the same content was faster, its object is
 * the content, and this one stays loose. `undefined`: the upload has lost its lease.
 */
export async function adoptObject(tx: Db, content: Content, now: number): Promise<Content | undefined> {
  const object = await tx
    .deleteFrom("looseObject")
    .where("id", "=", content.id)
    .where("leaseUntil", ">", now)
    .returningAll()
    .executeTakeFirst();
  if (!object) return undefined;
  const { keptUntil } = content;
  const kept = await tx
    .insertInto("content")
    .values(content)
    .onConflict((c) => c.column("checksum").doUpdateSet({ keptUntil }))
    .returningAll()
    .executeTakeFirstOrThrow();
  if (kept.id !== object.id) await insertLooseObject(tx, { ...object, leaseUntil: now });
  return kept;
}

/** Lets go of contents that no file of any application refers to. Their objects are loose from then on. */
export async function loosenUnused(tx: Db, now: number): Promise<void> {
  const unused = await tx
    .deleteFrom("content")
    .where("keptUntil", "<=", now)
    .where((e) =>
      e.not(e.exists(e.selectFrom("file").select("file.id").whereRef("file.checksum", "=", "content.checksum"))),
    )
    .returning(["id", "checksum"])
    .execute();
  for (const object of unused) await insertLooseObject(tx, { ...object, leaseUntil: now });
}

/** The objects that nobody is writing any more. */
export function listLooseObjects(db: Db, now: number): Promise<LooseObject[]> {
  return db.selectFrom("looseObject").selectAll().where("leaseUntil", "<=", now).execute();
}

/** Called when the file store does not have it any more. */
export async function forgetLooseObject(db: Db, { id }: Pick<LooseObject, "id">): Promise<void> {
  await db.deleteFrom("looseObject").where("id", "=", id).execute();
}
