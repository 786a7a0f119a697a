/** Where the pages of an application's records are. */
export function sessionsPath(applicationId: string, filters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(filters);
  return `${within(applicationId)}/sessions${query.size === 0 ? "" : `?${query.toString()}`}`;
}

export function accountPath(applicationId: string, accountId: string): string {
  return `${within(applicationId)}/accounts/${encodeURIComponent(accountId)}`;
}

export function licensePath(applicationId: string, licenseId: string): string {
  return `${within(applicationId)}/licenses/${encodeURIComponent(licenseId)}`;
}

export function within(applicationId: string): string {
  return `/applications/${encodeURIComponent(applicationId)}`;
}

export function webhookPath(applicationId: string, webhookId: string): string {
  return `${within(applicationId)}/webhooks/${encodeURIComponent(webhookId)}`;
}
