import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import { jsonMembers } from "./dialects/json-member.ts";
import type { Condition, Order, Place } from "./account-search.ts";
import type { Account, AccountId, ApplicationId, Db, Tables } from "./tables.ts";

/** Which accounts of an application are wanted, and in what order. */
export interface AccountSearch {
  readonly applicationId: ApplicationId;
  /** The only one that may be found. */
  readonly only?: AccountId;
  /** One that each was given. */
  readonly role?: string;
  readonly where: readonly Condition[];
  readonly sortBy: readonly Order[];
  readonly pageSize: number;
  readonly offset: number;
}

/** The accounts that are looked for; where nothing else is said, the oldest come first. */
export async function findAccounts(db: Db, search: AccountSearch): Promise<Account[]> {
  const { applicationId, only, role, where, sortBy, pageSize, offset } = search;
  const json = jsonMembers(db);
  let query = db
    .selectFrom("account")
    .selectAll()
    .where("applicationId", "=", applicationId)
    .where((e) => e.and(where.map((condition) => meets(e, condition))))
    .limit(pageSize)
    .offset(offset);
  if (only !== undefined) query = query.where("id", "=", only);
  if (role !== undefined) {
    const given = db.selectFrom("accountRole").select("accountRole.accountId");
    const holders = given.where("accountRole.applicationId", "=", applicationId).where("accountRole.name", "=", role);
    query = query.where("id", "in", holders);
  }
  for (const { direction, ...place } of sortBy) {
    const value = (e: ExpressionBuilder<Tables, "account">) => sortable(e, place);
    // The databases do not agree on where rows without a value belong.
    query = query.orderBy(value, (o) => (direction === "asc" ? o.asc().nullsFirst() : o.desc().nullsLast()));
  }
  return query.orderBy("createdAt").orderBy("id").execute();

  function meets(e: ExpressionBuilder<Tables, "account">, { value, ...place }: Condition): Expression<SqlBool> {
    if ("field" in place) return value === null ? e(place.field, "is", null) : e(place.field, "=", value as never);
    const member = json.member(e.ref("properties"), place.property);
    return value === null ? e(member, "is", null) : e(member, "=", json.literal(JSON.stringify(value)));
  }

  function sortable(e: ExpressionBuilder<Tables, "account">, place: Place): Expression<unknown> {
    return "field" in place ? e.ref(place.field) : json.sortable(e.ref("properties"), place.property);
  }
}
