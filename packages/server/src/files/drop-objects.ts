import { forgetLooseObject, listLooseObjects, loosenUnused } from "#storage/contents.ts";
import type { Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import type { FileStore, ObjectName } from "./file-store.ts";

/** Removes an object that nothing refers to; interrupted, it is found again by its row. */
export async function dropObject(db: Db, store: FileStore, object: ObjectName): Promise<void> {
  await store.delete(object);
  await forgetLooseObject(db, object);
}

/** Drops the contents that no file refers to, and what interrupted uploads have left. */
export async function dropUnusedObjects(db: Db, store: FileStore, now: number): Promise<void> {
  await transact(db, async (tx) => {
    await loosenUnused(tx, now);
    return {};
  });
  for (const object of await listLooseObjects(db, now)) await dropObject(db, store, object);
}
