import type { InputOf } from "@latchkey/protocol";

export const filterNames = [
  "search",
  "door",
  "connected",
  "authorized",
  "clientId",
  "account",
  "license",
  "address",
  "sort",
  "order",
  "session",
] as const;
export type SessionFilters = Readonly<Partial<Record<(typeof filterNames)[number], string>>>;
export type SessionFilter = Omit<
  InputOf<"findSessions">,
  "applicationId" | "limit" | "cursor" | "sort" | "order" | "count"
>;

export const doors = ["live", "user-service"] as const;
/** Names of one thing exactly, as the details of a session lead to them. */
export const exactNames = ["clientId", "account", "license", "address"] as const;

/** What the address says, as the server is asked. What an address says wrong is left out. */
export function filterOf(filters: SessionFilters): SessionFilter {
  const { search, clientId, account, license, address } = filters;
  const door = doors.find((each) => each === filters.door);
  const connected = truthOf(filters.connected);
  const authorized = truthOf(filters.authorized);
  return {
    ...(search !== undefined && { search }),
    ...(door !== undefined && { door }),
    ...(connected !== undefined && { connected }),
    ...(authorized !== undefined && { authorized }),
    ...(clientId !== undefined && { clientId }),
    ...(account !== undefined && { accountId: account }),
    ...(license !== undefined && { licenseId: license }),
    ...(address !== undefined && { address }),
  };
}

/** The newest first, unless something else is wanted. */
export function sortingOf({ sort, order }: SessionFilters) {
  return { sort: sort === "lastSeen" ? sort : "created", order: order === "asc" ? order : "desc" } as const;
}

function truthOf(text: string | undefined): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}
