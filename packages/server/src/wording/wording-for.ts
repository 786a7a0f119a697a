import { english } from "./english.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import { portuguese } from "./portuguese.ts";
import { spanish } from "./spanish.ts";
import type { Wording } from "./wording.ts";

const wordings = new Map(
  [english, french, german, italian, portuguese, spanish].map((wording) => [wording.language, wording]),
);

/** The first of these languages that there are words in, else English; `de`, `de-AT` and `de_DE` are all German (US-MAIL-5). */
export function wordingFor(...languages: readonly (string | null | undefined)[]): Wording {
  for (const language of languages) {
    const wording = wordings.get((language ?? "").toLowerCase().split(/[-_]/, 1)[0] ?? "");
    if (wording) return wording;
  }
  return english;
}
