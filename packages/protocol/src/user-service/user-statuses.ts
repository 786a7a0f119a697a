import type { accountStatuses } from "../operations/account.ts";

/** What the user service calls the statuses of accounts. */
export const userStatuses = {
  enabled: "ENABLED",
  unconfirmed: "EMAIL_CONFIRMATION_PENDING",
  disabled: "DISABLED",
  guest: "GUEST",
} as const satisfies Record<(typeof accountStatuses)[number], string>;
