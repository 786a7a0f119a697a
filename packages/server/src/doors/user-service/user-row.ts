import { type OutputOf, userStatuses } from "@latchkey/protocol";

type Account = OutputOf<"getAccount">["account"];

/** An account as this door's clients know it (user service §3). */
export function userRow(account: Account): Record<string, unknown> {
  const { id, email, locale, properties, createdAt, updatedAt, lastLoginAt, socialIdentities } = account;
  return {
    ___class: "Users",
    objectId: id,
    ownerId: id,
    email: email ?? null,
    name: null,
    ...properties,
    blUserLocale: locale ?? null,
    userStatus: userStatuses[account.status],
    // The provider that it has been with for the longest, if it is with one at all.
    socialAccount: Object.keys(socialIdentities ?? {})[0]?.toUpperCase() ?? "BACKENDLESS",
    oAuthIdentities: socialIdentities ?? null,
    created: createdAt,
    updated: updatedAt ?? null,
    lastLogin: lastLoginAt ?? null,
  };
}

/** The same with the columns that are asked for, or all; class and id are always there. */
export function userRowOf(
  account: Account,
  props: readonly string[],
  excludeProps: readonly string[],
): Record<string, unknown> {
  const isShown = (name: string) => (props.length === 0 || props.includes(name)) && !excludeProps.includes(name);
  const always = ["___class", "objectId"];
  return Object.fromEntries(
    Object.entries(userRow(account)).filter(([name]) => always.includes(name) || isShown(name)),
  );
}

/** The same as whoever signs in gets it. */
export function loginRow(account: Account, token: string): Record<string, unknown> {
  return { ...userRow(account), "user-token": token };
}
