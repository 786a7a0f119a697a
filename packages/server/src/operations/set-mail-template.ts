import { type Answer, done, type InputOf, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { areMailWords } from "#domain/mail-words.ts";
import { ownWords } from "#mail/mail-language.ts";
import { lockApplication } from "#storage/applications.ts";
import { putMailTemplate, wordsOf } from "#storage/mail-templates.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function setMailTemplate(
  context: Context,
  _: CallerOf<"setMailTemplate">,
  { applicationId, kind, language, ...words }: InputOf<"setMailTemplate">,
): Promise<Answer<"setMailTemplate">> {
  if (!areMailWords(words)) return refuse("mailTemplateInvalid");
  const { db, now } = context;
  const { refused } = await transact(db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    if (!application) return { refused: "applicationNotFound" } as const;
    const name = { applicationId: application.id, kind, language };
    const before = (await wordsOf(tx, name)) ?? ownWords(kind, language);
    await putMailTemplate(tx, name, words, now);
    await recordAudit(tx, context, {
      record: "mailTemplate",
      id: `${kind}/${language}`,
      applicationId: application.id,
      before,
      after: words,
    });
    return {};
  });
  return refused ? refuse(refused) : done({ template: { kind, language, ...words, changedAt: now } });
}
