import { type Answer, done, type InputOf, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { ownWords } from "#mail/mail-language.ts";
import { lockApplication } from "#storage/applications.ts";
import { removeMailTemplate, wordsOf } from "#storage/mail-templates.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function resetMailTemplate(
  context: Context,
  _: CallerOf<"resetMailTemplate">,
  { applicationId, kind, language }: InputOf<"resetMailTemplate">,
): Promise<Answer<"resetMailTemplate">> {
  const words = ownWords(kind, language);
  const { refused } = await transact(context.db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    if (!application) return { refused: "applicationNotFound" } as const;
    const name = { applicationId: application.id, kind, language };
    const before = await wordsOf(tx, name);
    if (!before) return {};
    await removeMailTemplate(tx, name);
    await recordAudit(tx, context, {
      record: "mailTemplate",
      id: `${kind}/${language}`,
      applicationId: application.id,
      before,
      after: words,
    });
    return {};
  });
  return refused ? refuse(refused) : done({ template: { kind, language, ...words } });
}
