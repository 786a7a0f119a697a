import type { Decision } from "./decision.ts";
import { isStorable } from "@latchkey/protocol";

export type LoginForm = Decision<
  { readonly login: string; readonly password: string; readonly objectId?: never } | { readonly objectId: string },
  "credentialsEmpty" | "loginNotText" | "passwordNotText"
>;

/** What a user-service client asks to be signed in with: login and password, or an object id (US-LOGIN-3, 8). */
export function readLogin(input: {
  readonly login?: unknown;
  readonly password?: unknown;
  readonly objectId?: unknown;
}): LoginForm {
  const { login, password, objectId } = input;
  if (login === undefined && password === undefined && typeof objectId === "string" && objectId !== "")
    return { objectId };
  if (isEmpty(login) || isEmpty(password)) return { refused: "credentialsEmpty" };
  const text = identityText(login);
  if (text === undefined) return { refused: "loginNotText" };
  if (typeof password !== "string") return { refused: "passwordNotText" };
  return { login: text, password };
}

/** An identity as text: a string that can be stored, or a number in decimals (US-DATA-8). */
export function identityText(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && isStorable(value) ? value.trim() : undefined;
}

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
