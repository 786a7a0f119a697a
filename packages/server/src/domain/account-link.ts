import type { Account, LinkKind } from "#storage/tables.ts";

const hourMs = 3_600_000;

/** How long a link is good for from the moment it is made (US-CONF-1, US-RECOV-1). */
export const linkLifetimeMs: Readonly<Record<LinkKind, number>> = { confirm: 7 * 24 * hourMs, recover: hourMs };

/** Where a link leads; `publicUrl` is what the operator says the server is called. */
export function accountLinkUrl(publicUrl: string, applicationId: string, kind: LinkKind, secret: string): string {
  return `${publicUrl}/${applicationId}/users/${kind}/${secret}`;
}

/** Why an identity is not sent a link to recover its password by; told only where the application reveals it (US-RECOV-2). */
export function refusedRecovery(account: Account | undefined) {
  if (!account || account.email === null) return "recoveryIdentityUnknown";
  if (account.status === "disabled" || account.blacklistedAt !== null) return "accountDisabled";
  // Without either it was imported, and recovery gives it its first password.
  if (account.passwordHash === null && account.socialIdentities !== null) return "recoveryOfSocialAccount";
  return undefined;
}

/** Why an identity is not sent a link to confirm its address by (US-CONF-5). */
export function refusedConfirmation(account: Account | undefined) {
  if (!account || account.email === null) return "confirmationIdentityUnknown";
  return account.status === "unconfirmed" ? undefined : "alreadyConfirmed";
}
