import { type Answer, done, type InputOf, mailKinds, mailLanguages, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { ownWords } from "#mail/mail-language.ts";
import { findApplication } from "#storage/applications.ts";
import { mailTemplatesOf, readWords } from "#storage/mail-templates.ts";

export async function listMailTemplates(
  { db }: Context,
  _: CallerOf<"listMailTemplates">,
  { applicationId }: InputOf<"listMailTemplates">,
): Promise<Answer<"listMailTemplates">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const stored = await mailTemplatesOf(db, application.id);
  const templates = mailKinds.flatMap((kind) =>
    mailLanguages.map((language) => {
      const own = stored.find((template) => template.kind === kind && template.language === language);
      return own
        ? { kind, language, ...readWords(own), changedAt: own.changedAt }
        : { kind, language, ...ownWords(kind, language) };
    }),
  );
  return done({ templates });
}
