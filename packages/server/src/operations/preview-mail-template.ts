import { type Answer, done, type InputOf, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountLinkUrl, linkLifetimeMs } from "#domain/account-link.ts";
import { areMailWords } from "#domain/mail-words.ts";
import { writeLetter } from "#mail/letter.ts";
import { findApplication } from "#storage/applications.ts";

/** In the place of a link's secret: leads nowhere. */
const noSecret = "preview";

export async function previewMailTemplate(
  { db, now, publicUrl }: Context,
  _: CallerOf<"previewMailTemplate">,
  { applicationId, kind, language, ...words }: InputOf<"previewMailTemplate">,
): Promise<Answer<"previewMailTemplate">> {
  if (!areMailWords(words)) return refuse("mailTemplateInvalid");
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const { subject, text, html } = writeLetter({
    id: noSecret,
    kind,
    at: now,
    to: "",
    applicationName: application.name,
    locale: language,
    words,
    link: accountLinkUrl(publicUrl.ofApplication(application), application.id, kind, noSecret),
    expiresAt: now + linkLifetimeMs[kind],
  });
  return done({ subject, text, html });
}
