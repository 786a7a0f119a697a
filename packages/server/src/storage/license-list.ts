import type { InputOf } from "@latchkey/protocol";
import { expressionBuilder, sql, type SqlBool } from "kysely";
import { hasLevel } from "./has-level.ts";
import { isBetween } from "./instant-range.ts";
import { byNumber, byText, type Condition, type Listing, type Sort } from "./listing.ts";
import { narrowed, only } from "./narrowing.ts";
import type { ApplicationId, Tables } from "./tables.ts";
import { hasText } from "./text-search.ts";

type Asked = InputOf<"listLicenses">;
export type LicenseSort = NonNullable<Asked["sort"]>;

/** What licenses are looked for; what is absent is anything. */
export interface LicenseFilter extends Omit<Asked, "applicationId" | "limit" | "cursor" | "sort" | "order" | "count"> {
  /** Only these. */
  readonly ids?: readonly string[];
}

const e = expressionBuilder<Tables, "license">();

const sorts: Record<LicenseSort, Sort> = {
  created: { by: [byNumber("license.createdAt"), byText("license.id")] },
  expires: { by: [byNumber("license.expiresAt"), byText("license.id")], has: e("license.expiresAt", "is not", null) },
  lastUsed: {
    by: [byNumber("license.lastUsedAt"), byText("license.id")],
    has: e("license.lastUsedAt", "is not", null),
  },
  key: { by: [byText("license.key")] },
};

/** The licenses of an application that are looked for, each in the state that it has at `now`. */
export function licenseListing(
  applicationId: ApplicationId,
  filter: LicenseFilter,
  now: number,
  sort: LicenseSort = "created",
): Listing {
  const application = { column: "license.applicationId", values: [applicationId] };
  const job = { column: "license.bulkJobId", values: only(filter.bulkJobId) };
  const { within, filters } = narrowed([
    { column: "license.id", values: filter.ids },
    { column: "license.accountId", values: only(filter.accountId) },
    // Its index is in the order of age.
    ...(sort === "created" ? [job, application] : [application, job]),
    { column: "license.clientId", values: only(filter.clientId) },
  ]);
  const created = { from: filter.createdFrom, before: filter.createdBefore };
  const expires = { from: filter.expiresFrom, before: filter.expiresBefore };
  const ranges = {
    created: isBetween("license.createdAt", created),
    expires: isBetween("license.expiresAt", expires),
  };
  const led = sort === "created" || sort === "expires" ? sort : undefined;
  return {
    from: "license",
    within: [...within, ...(led ? ranges[led] : [])],
    filters: [
      ...filters,
      ...(led === "created" ? [] : ranges.created),
      ...(led === "expires" ? [] : ranges.expires),
      ...(filter.state === undefined ? [] : [isIn(filter.state, now)]),
      ...(filter.level === undefined ? [] : [hasLevel("license.levels", filter.level)]),
      ...(filter.search === undefined
        ? []
        : [hasText(["license.key", "license.comment", "license.clientId"], filter.search)]),
    ],
    sort: sorts[sort],
    otherwise: sorts.created,
  };
}

/** The same cases as `licenseState`, in the same order. */
function isIn(state: NonNullable<Asked["state"]>, now: number): Condition {
  if (state === "blacklisted") return e("license.blacklistedAt", "is not", null);
  const free = e("license.blacklistedAt", "is", null);
  if (state === "paused") return free.and("license.pausedAt", "is not", null);
  const usable = free.and("license.pausedAt", "is", null);
  if (state === "available") return usable.and("license.activatedAt", "is", null);
  const activated = usable.and("license.activatedAt", "is not", null);
  const isOver = sql<SqlBool>`coalesce(${sql.ref("license.expiresAt")} <= ${now}, false)`;
  return activated.and(state === "expired" ? isOver : e.not(isOver));
}
