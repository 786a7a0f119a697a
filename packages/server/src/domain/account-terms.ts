import type { Account, License } from "#storage/tables.ts";
import { isValid, levelsOf } from "./license-terms.ts";

/** What an account's authorization is worth. */
export interface AccountTerms {
  readonly levels: string[];
  /** Milliseconds; `null`: it does not expire. */
  readonly expiresAt: number | null;
}

/**
 * Levels are the account's together with those of all its valid licenses; it lasts as long as the one that ends last
 * (LP-CRED-7). Without any valid license it does not expire.
 */
export function accountTerms(account: Account, licenses: readonly License[], now: number): AccountTerms {
  const valid = licenses.filter((license) => isValid(license, now));
  const levels = new Set([account, ...valid].flatMap(levelsOf));
  return { levels: [...levels], expiresAt: latestEnd(valid) };
}

function latestEnd(licenses: readonly License[]): number | null {
  let latest: number | null = null;
  for (const { expiresAt } of licenses) {
    if (expiresAt === null) return null;
    latest = Math.max(latest ?? 0, expiresAt);
  }
  return latest;
}

/** What keeps an account from signing in although its password was right (LP-CRED-4, US-LOGIN-5). */
export function refusedSignIn(account: Account) {
  if (account.status === "disabled" || account.blacklistedAt !== null) return "accountDisabled";
  if (account.status === "unconfirmed") return "emailUnconfirmed";
  return undefined;
}
