import type { InputOf } from "@latchkey/protocol";
import { expressionBuilder, sql, type SqlBool } from "kysely";
import { isBetween } from "./instant-range.ts";
import { byNumber, byText, type Listing, lookedAt, type Sort } from "./listing.ts";
import { narrowed, only } from "./narrowing.ts";
import type { ApplicationId, Tables } from "./tables.ts";
import { hasText } from "./text-search.ts";

type Asked = InputOf<"findSessions">;
export type SessionSort = NonNullable<Asked["sort"]>;

/** What sessions are looked for; what is absent is anything. */
export interface SessionFilter extends Omit<Asked, "applicationId" | "limit" | "cursor" | "sort" | "order" | "count"> {
  /** Only these. */
  readonly ids?: readonly string[];
  readonly createdBefore?: number;
}

const e = expressionBuilder<Tables, "session">();
/** As the indexes of what sessions are authorized by say it. */
const isAuthorized = e("session.authorizationId", "is not", null);

/** There is no index of when sessions were last seen: it would be written with every sign-in. */
const sorts: Record<SessionSort, Sort> = {
  created: { by: [byNumber("session.createdAt"), byText("session.id")] },
  lastSeen: { by: [byNumber("session.lastSeenAt"), byText("session.id")] },
};

/** The sessions of an application that are looked for, but user-service sessions that have ended, whose rows stay for a while. */
export function sessionListing(
  applicationId: ApplicationId,
  filter: SessionFilter,
  sort: SessionSort = "created",
): Listing {
  const { accountId, licenseId, connected, authorized } = filter;
  const { within, filters } = narrowed([
    { column: "session.id", values: filter.ids },
    { column: "session.accountId", values: only(accountId) },
    { column: "session.licenseId", values: only(licenseId) },
    { column: "session.applicationId", values: [applicationId] },
    { column: "session.clientId", values: only(filter.clientId) },
    { column: "session.address", values: only(filter.address) },
    { column: "session.door", values: only(filter.door) },
  ]);
  const isNamed = accountId !== undefined || licenseId !== undefined;
  return {
    from: "session",
    within: [
      ...within,
      ...(isNamed ? [isAuthorized] : []),
      ...isBetween("session.createdAt", { from: undefined, before: filter.createdBefore }),
    ],
    filters: [
      ...filters,
      e.or([e("session.door", "=", "live"), isAuthorized]),
      ...(connected === undefined ? [] : [e("session.nodeId", connected ? "is not" : "is", null)]),
      ...(authorized === undefined ? [] : [authorized ? isAuthorized : e.not(isAuthorized)]),
      ...(filter.search === undefined ? [] : [hasText(["session.clientId", "session.address"], filter.search)]),
    ],
    sort: sorts[sort],
  };
}

/** The authorized sessions of an application that are in a list, or are authorized by a record that is in it. */
export function authorizedOf(applicationId: ApplicationId, records: Listing, now: number): Listing {
  const isCurrent = sql<SqlBool>`coalesce(${sql.ref("session.expiresAt")} > ${now}, true)`;
  if (records.from === "session") return { ...records, filters: [...records.filters, isAuthorized, isCurrent] };
  const by = records.from === "license" ? "session.licenseId" : "session.accountId";
  const isItsOwn = sql<SqlBool>`${sql.ref(`${records.from}.id`)} = ${sql.ref(by)}`;
  const conditions = sql.join([isItsOwn, ...[...records.within, ...records.filters].map(lookedAt)], sql` and `);
  const isOfOne = sql<SqlBool>`exists (select 1 from ${sql.table(records.from)} where ${conditions})`;
  return {
    from: "session",
    within: [e("session.applicationId", "=", applicationId)],
    filters: [isAuthorized, isCurrent, isOfOne],
    sort: sorts.created,
  };
}
