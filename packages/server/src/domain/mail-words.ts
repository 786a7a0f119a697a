import type { InputOf } from "@latchkey/protocol";

/** What a mail says around its link. */
export type MailWords = Omit<InputOf<"setMailTemplate">, "applicationId" | "kind" | "language">;

/** What is filled in. */
const places = new Set(["application", "until"]);

/** Whether every place in braces is one that is filled in: another one would leave a hole in the mail. */
export function areMailWords(words: MailWords): boolean {
  return Object.values(words).every((text) =>
    Array.from(text.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name).every((name) => places.has(name)),
  );
}
