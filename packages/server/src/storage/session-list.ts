import type { InputOf } from "@latchkey/protocol";
import { expressionBuilder, sql } from "kysely";
import { byNumber, byText, type Listing, type Sort } from "./listing.ts";
import { narrowed, only } from "./narrowing.ts";
import type { ApplicationId, Tables } from "./tables.ts";
import { hasText } from "./text-search.ts";

type Asked = InputOf<"findSessions">;
export type SessionSort = NonNullable<Asked["sort"]>;

/** What sessions are looked for; what is absent is anything. */
export interface SessionFilter extends Omit<Asked, "applicationId" | "limit" | "cursor" | "sort" | "order" | "count"> {
  /** Only these. */
  readonly ids?: readonly string[];
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
    within: [...within, ...(isNamed ? [isAuthorized] : [])],
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

