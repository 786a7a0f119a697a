import type { OutputOf } from "@latchkey/protocol";

type Account = OutputOf<"getAccount">["account"];

const userStatus = {
  enabled: "ENABLED",
  unconfirmed: "EMAIL_CONFIRMATION_PENDING",
  disabled: "DISABLED",
  guest: "GUEST",
} as const satisfies Record<Account["status"], string>;

/** An account as this door's clients know it (user service §3). */
export function userRow(account: Account): Record<string, unknown> {
  const { id, login, email, locale, properties, createdAt, updatedAt, lastLoginAt } = account;
  return {
    ___class: "Users",
    objectId: id,
    ownerId: id,
    email: email ?? null,
    name: null,
    // Unless the application has another name for it.
    ...(login !== undefined && !Object.values(properties).includes(login) && { login }),
    ...properties,
    blUserLocale: locale ?? null,
    userStatus: userStatus[account.status],
    socialAccount: "BACKENDLESS",
    oAuthIdentities: null,
    created: createdAt,
    updated: updatedAt ?? null,
    lastLogin: lastLoginAt ?? null,
  };
}
