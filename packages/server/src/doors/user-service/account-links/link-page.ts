import { escapeHtml } from "#wording/escape-html.ts";
import { fillIn } from "#wording/fill-in.ts";
import type { Wording } from "#wording/wording.ts";
import { styleSheetFromPage } from "./link-address.ts";

/** Whose link it is. */
export interface LinkOwner {
  readonly applicationName: string;
  readonly passwordMinLength: number;
}

type Kind = "confirm" | "recover";

/** The page of a link: what it does, and one button; to recover, the new password too. */
export function askingPage(wording: Wording, kind: Kind, owner: LinkOwner, isRefused = false): string {
  const { title, text, button } = wording[kind].page;
  const form = [
    `<form method="post">`,
    ...(kind === "recover" ? passwordField(wording, owner, isRefused) : []),
    `<button type="submit">${escapeHtml(button)}</button>`,
    `</form>`,
  ];
  return page(wording, owner.applicationName, { title, text }, form);
}

/** What comes after the button. */
export function donePage(wording: Wording, kind: Kind, { applicationName }: LinkOwner): string {
  const { doneTitle, doneText } = wording[kind].page;
  return page(wording, applicationName, { title: doneTitle, text: doneText });
}

/** Why there is nothing to press. */
export function noticePage(wording: Wording, notice: "linkInvalid" | "tooManyRequests" | "failed"): string {
  return page(wording, undefined, wording[notice]);
}

function passwordField(wording: Wording, { passwordMinLength }: LinkOwner, isRefused: boolean): string[] {
  const say = (text: string) => escapeHtml(fillIn(text, { min: passwordMinLength }));
  return [
    `<label for="password">${say(wording.newPassword)}</label>`,
    `<input id="password" name="password" type="password" autocomplete="new-password" required minlength="${passwordMinLength}"` +
      ` aria-describedby="hint"${isRefused ? ` aria-invalid="true"` : ""}>`,
    isRefused
      ? `<p id="hint" class="hint bad" role="alert">${say(wording.passwordRefused)}</p>`
      : `<p id="hint" class="hint">${say(wording.passwordLength)}</p>`,
  ];
}

function page(
  wording: Wording,
  application: string | undefined,
  { title, text }: { readonly title: string; readonly text: string },
  form: readonly string[] = [],
): string {
  const say = (words: string) => escapeHtml(fillIn(words, { application: application ?? "" }));
  return [
    `<!doctype html>`,
    `<html lang="${wording.language}">`,
    `<head>`,
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="robots" content="noindex">`,
    `<title>${say(application === undefined ? title : `${title} – {application}`)}</title>`,
    `<link rel="stylesheet" href="${styleSheetFromPage}">`,
    `</head>`,
    `<body>`,
    `<main>`,
    ...(application === undefined ? [] : [`<p class="product">${say("{application}")}</p>`]),
    `<h1>${say(title)}</h1>`,
    `<p>${say(text)}</p>`,
    ...form,
    `</main>`,
    `</body>`,
    `</html>`,
    ``,
  ].join("\n");
}
