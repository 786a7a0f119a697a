import type { OutputOf } from "@latchkey/protocol";
import type { Account } from "#storage/tables.ts";
import { levelsOf } from "./license-terms.ts";

/** An account as answers carry it; never with anything of its password. */
export function accountOutput(account: Account): OutputOf<"showAccount">["account"] {
  const { login, email, comment, locale, updatedAt, lastLoginAt } = account;
  return {
    id: account.id,
    ...(login !== null && { login }),
    ...(email !== null && { email }),
    status: account.status,
    levels: levelsOf(account),
    ...(comment !== null && { comment }),
    ...(locale !== null && { locale }),
    properties: propertiesOf(account),
    createdAt: account.createdAt,
    ...(updatedAt !== null && { updatedAt }),
    ...(lastLoginAt !== null && { lastLoginAt }),
  };
}

function propertiesOf({ properties }: Account): Record<string, unknown> {
  const value: unknown = JSON.parse(properties);
  return typeof value === "object" && value !== null ? { ...value } : {};
}
