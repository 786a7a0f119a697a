import type { LinkKind } from "#storage/tables.ts";
import { escapeHtml } from "#wording/escape-html.ts";
import { fillIn } from "#wording/fill-in.ts";
import type { Wording } from "#wording/wording.ts";
import { wordingFor } from "#wording/wording-for.ts";
import type { MailWords } from "#domain/mail-words.ts";

/** A mail as it is handed over to whoever delivers it. */
export interface Letter {
  readonly id: string;
  readonly kind: LinkKind;
  readonly at: number;
  readonly to: string;
  /** Whose name it comes under. */
  readonly applicationName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What a mail is written from. */
export interface Occasion extends Pick<Letter, "id" | "kind" | "at" | "to" | "applicationName"> {
  readonly locale: string | null;
  /** What the application says itself, in that language. */
  readonly words?: MailWords | undefined;
  readonly link: string;
  readonly expiresAt: number;
}

/** Writes a mail in the language of its reader: application, link, validity, and never a password (US-MAIL-5). */
export function writeLetter({ locale, words, link, expiresAt, ...rest }: Occasion): Letter {
  const wording = wordingFor(locale);
  const { subject, text, action, validity, otherwise } = words ?? wording[rest.kind].mail;
  const values = { application: rest.applicationName, until: readableInstant(expiresAt, wording) };
  const say = (words: string) => fillIn(words, values);
  return {
    ...rest,
    subject: say(subject),
    text: [say(text), link, say(validity), say(otherwise), rest.applicationName].join("\n\n") + "\n",
    html: htmlOf(wording, rest.applicationName, link, say(action), [say(text), say(validity), say(otherwise)]),
  };
}

function readableInstant(at: number, { language }: Wording): string {
  const form = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${form.format(at)} UTC`;
}

/** Styles stand in the tags: that is all that mail programs agree on. */
function htmlOf(
  { language }: Wording,
  application: string,
  link: string,
  action: string,
  [text = "", ...more]: readonly string[],
): string {
  const button = "display:inline-block;padding:12px 20px;border-radius:6px;background:#1d4ed8;color:#ffffff";
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5">
<p>${escapeHtml(text)}</p>
<p><a href="${escapeHtml(link)}" style="${button}">${escapeHtml(action)}</a></p>
<p style="word-break:break-all">${escapeHtml(link)}</p>
${more.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("\n")}
<p>${escapeHtml(application)}</p>
</body>
</html>
`;
}
