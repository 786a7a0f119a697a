import { accountStatuses, type InputOf } from "@latchkey/protocol";

export const filterNames = ["search", "status", "level", "role", "blacklisted", "sort", "order"] as const;
export type AccountFilters = Readonly<Partial<Record<(typeof filterNames)[number], string>>>;
export type AccountFilter = Omit<
  InputOf<"listAccounts">,
  "applicationId" | "limit" | "cursor" | "sort" | "order" | "count"
>;

const sorts = ["created", "lastLogin", "login"] as const;

/** What the address says, as the server is asked. What an address says wrong is left out. */
export function filterOf(filters: AccountFilters): AccountFilter {
  const { search, level, role, blacklisted } = filters;
  const status = accountStatuses.find((each) => each === filters.status);
  return {
    ...(search !== undefined && { search }),
    ...(status !== undefined && { status }),
    ...(level !== undefined && { level }),
    ...(role !== undefined && { role }),
    ...((blacklisted === "true" || blacklisted === "false") && { blacklisted: blacklisted === "true" }),
  };
}

/** The newest first, unless something else is wanted. */
export function sortingOf({ sort, order }: AccountFilters) {
  const by = sorts.find((each) => each === sort) ?? "created";
  return { sort: by, order: order === "asc" ? order : "desc" } as const;
}
