import { newRecoveryCode } from "./tokens.ts";

const codes = 10;

/** For whoever has lost the authenticator: ten codes, each good once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: codes }, newRecoveryCode);
}

/** What a code is however it is typed; `undefined`: it is none. */
export function readRecoveryCode(given: string): string | undefined {
  const code = given.replace(/[\s-]/g, "").toUpperCase();
  return /^[0-9A-Z]{10}$/.test(code) ? code : undefined;
}
