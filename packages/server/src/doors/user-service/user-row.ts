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
  const { id, login, email, locale, properties, createdAt, updatedAt, lastLoginAt, socialIdentities } = account;
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
    // The provider that it has been with for the longest, if it is with one at all.
    socialAccount: Object.keys(socialIdentities ?? {})[0]?.toUpperCase() ?? "BACKENDLESS",
    oAuthIdentities: socialIdentities ?? null,
    created: createdAt,
    updated: updatedAt ?? null,
    lastLogin: lastLoginAt ?? null,
  };
}

/** The same as whoever signs in gets it. */
export function loginRow(account: Account, token: string): Record<string, unknown> {
  return { ...userRow(account), "user-token": token };
}
