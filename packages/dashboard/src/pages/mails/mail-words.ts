import type { InputOf, OutputOf } from "@latchkey/protocol";

export type MailTemplate = OutputOf<"listMailTemplates">["templates"][number];
export type MailWords = Omit<InputOf<"setMailTemplate">, "applicationId" | "kind" | "language">;

/** In the order in which a mail says them. */
const wordNames = ["subject", "text", "action", "validity", "otherwise"] as const;

export function wordsOf({ subject, text, action, validity, otherwise }: MailWords): MailWords {
  return { subject, text, action, validity, otherwise };
}

export function areSame(some: MailWords, others: MailWords): boolean {
  return wordNames.every((name) => some[name] === others[name]);
}

export function isComplete(words: MailWords): boolean {
  return wordNames.every((name) => words[name].trim() !== "");
}

export function keyOf({ kind, language }: Pick<MailTemplate, "kind" | "language">): string {
  return `${kind}.${language}`;
}
