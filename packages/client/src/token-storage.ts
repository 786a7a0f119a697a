/**
 * Where a login is kept so that it outlasts the program: the platform's storage, asynchronous or not. What is kept is one
 * text, which holds the user token: keep it like a password. Storage that fails makes the call fail, with `unexpected`.
 */
export interface TokenStorage {
  /** The text that was set last; nothing when there is none. */
  get(): string | null | undefined | Promise<string | null | undefined>;
  set(text: string): unknown;
  clear(): unknown;
}

/** The `localStorage` of a page, which all pages of its origin share. */
export function localTokens(applicationId: string): TokenStorage {
  const key = `latchkey:${applicationId}`;
  return {
    get: () => localStorage.getItem(key),
    set: (text) => localStorage.setItem(key, text),
    clear: () => localStorage.removeItem(key),
  };
}
