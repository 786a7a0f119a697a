import type { LinkKind } from "#storage/tables.ts";
import { wordingFor } from "#wording/wording-for.ts";
import type { MailWords } from "#domain/mail-words.ts";

/** The language of the mails of whoever has this locale. */
export function mailLanguageOf(locale: string | null): string {
  return wordingFor(locale).language;
}

/** What a mail says that its application has no words of its own for. */
export function ownWords(kind: LinkKind, language: string): MailWords {
  return wordingFor(language)[kind].mail;
}
