import type { InputOf } from "@latchkey/protocol";
import { expressionBuilder, sql, type SqlBool } from "kysely";
import { hasLevel } from "./has-level.ts";
import { isBetween } from "./instant-range.ts";
import { byNumber, byText, type Listing, type Sort } from "./listing.ts";
import { narrowed, only } from "./narrowing.ts";
import type { ApplicationId, Tables } from "./tables.ts";
import { hasText } from "./text-search.ts";

type Asked = InputOf<"listAccounts">;
export type AccountSort = NonNullable<Asked["sort"]>;

/** What accounts are looked for; what is absent is anything. */
export interface AccountFilter extends Omit<Asked, "applicationId" | "limit" | "cursor" | "sort" | "order" | "count"> {
  /** Only these. */
  readonly ids?: readonly string[];
}

const e = expressionBuilder<Tables, "account">();
/** What an account is called, in the form that its index has. */
const name = sql<string>`lower(coalesce(${sql.ref("account.login")}, ${sql.ref("account.email")}))`;

const sorts: Record<AccountSort, Sort> = {
  created: { by: [byNumber("account.createdAt"), byText("account.id")] },
  lastLogin: {
    by: [byNumber("account.lastLoginAt"), byText("account.id")],
    has: e("account.lastLoginAt", "is not", null),
  },
  login: {
    by: [{ value: name, type: "string", isComputed: true }, byText("account.id")],
    has: sql<SqlBool>`${name} is not null`,
  },
};

/** The accounts of an application that are looked for. */
export function accountListing(
  applicationId: ApplicationId,
  filter: AccountFilter,
  sort: AccountSort = "created",
): Listing {
  const { within, filters } = narrowed([
    { column: "account.id", values: filter.ids },
    { column: "account.applicationId", values: [applicationId] },
    { column: "account.status", values: only(filter.status) },
  ]);
  const created = { from: filter.createdFrom, before: filter.createdBefore };
  const lastLogin = { from: filter.lastLoginFrom, before: filter.lastLoginBefore };
  const ranges = {
    created: isBetween("account.createdAt", created),
    lastLogin: isBetween("account.lastLoginAt", lastLogin),
  };
  const led = sort === "login" ? undefined : sort;
  const { role, blacklisted } = filter;
  return {
    from: "account",
    within: [...within, ...(led ? ranges[led] : [])],
    filters: [
      ...filters,
      ...(led === "created" ? [] : ranges.created),
      ...(led === "lastLogin" ? [] : ranges.lastLogin),
      ...(filter.level === undefined ? [] : [hasLevel("account.levels", filter.level)]),
      ...(blacklisted === undefined ? [] : [e("account.blacklistedAt", blacklisted ? "is not" : "is", null)]),
      ...(role === undefined ? [] : [hasRole(role)]),
      ...(filter.search === undefined
        ? []
        : [hasText(["account.login", "account.email", "account.comment"], filter.search)]),
    ],
    sort: sorts[sort],
    otherwise: sorts.created,
  };
}

function hasRole(role: string) {
  return e.exists(
    e
      .selectFrom("accountRole")
      .select("accountRole.name")
      .whereRef("accountRole.accountId", "=", "account.id")
      .where("accountRole.name", "=", role),
  );
}
