import type { OutputOf } from "@latchkey/protocol";
import { fields, table } from "./layout.ts";
import { readableInstant } from "./spans.ts";

type Account = OutputOf<"showAccount">["account"];

export function accountTable(accounts: readonly Account[]): string {
  const heading = ["LOGIN", "E-MAIL", "STATUS", "LEVELS", "CREATED", "ID"];
  return table(
    heading,
    accounts.map(({ login = "-", email = "-", status, levels, createdAt, id }) => [
      login,
      email,
      status,
      levels.join(",") || "-",
      readableInstant(createdAt),
      id,
    ]),
  );
}

export function accountText(account: Account): string {
  const { updatedAt, lastLoginAt, properties } = account;
  return fields({
    Login: account.login,
    "E-mail": account.email,
    Id: account.id,
    Status: account.status,
    Levels: account.levels.join(","),
    Comment: account.comment,
    Locale: account.locale,
    Properties: Object.keys(properties).length > 0 ? JSON.stringify(properties) : undefined,
    Created: readableInstant(account.createdAt),
    Updated: updatedAt === undefined ? undefined : readableInstant(updatedAt),
    "Last login": lastLoginAt === undefined ? undefined : readableInstant(lastLoginAt),
  });
}
