import type { ApplicationId, Db, LinkKind } from "./tables.ts";
import type { MailTemplate } from "./tables-management.ts";

interface Name {
  readonly applicationId: ApplicationId;
  readonly kind: LinkKind;
  readonly language: string;
}

export type StoredWords = Record<"subject" | "text" | "action" | "validity" | "otherwise", string>;

/** What an application says in a mail; `undefined`: nothing of its own. */
export async function wordsOf(db: Db, name: Name): Promise<StoredWords | undefined> {
  const found = await findMailTemplate(db, name);
  return found && readWords(found);
}

export function findMailTemplate(db: Db, { applicationId, kind, language }: Name): Promise<MailTemplate | undefined> {
  return db
    .selectFrom("mailTemplate")
    .selectAll()
    .where("applicationId", "=", applicationId)
    .where("kind", "=", kind)
    .where("language", "=", language)
    .executeTakeFirst();
}

export function mailTemplatesOf(db: Db, applicationId: ApplicationId): Promise<MailTemplate[]> {
  return db.selectFrom("mailTemplate").selectAll().where("applicationId", "=", applicationId).execute();
}

export async function putMailTemplate(db: Db, name: Name, words: StoredWords, changedAt: number): Promise<void> {
  const changed = { words: JSON.stringify(words), changedAt };
  await db
    .insertInto("mailTemplate")
    .values({ ...name, ...changed })
    .onConflict((c) => c.columns(["applicationId", "kind", "language"]).doUpdateSet(changed))
    .execute();
}

export async function removeMailTemplate(db: Db, { applicationId, kind, language }: Name): Promise<void> {
  await db
    .deleteFrom("mailTemplate")
    .where("applicationId", "=", applicationId)
    .where("kind", "=", kind)
    .where("language", "=", language)
    .execute();
}

export function readWords({ words }: Pick<MailTemplate, "words">): StoredWords {
  return JSON.parse(words) as StoredWords;
}
