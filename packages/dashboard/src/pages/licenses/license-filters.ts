import { type InputOf, licenseStates } from "@latchkey/protocol";

export const filterNames = ["search", "state", "level", "sort", "order"] as const;
export type LicenseFilters = Readonly<Partial<Record<(typeof filterNames)[number], string>>>;
export type LicenseQuestion = Omit<InputOf<"listLicenses">, "limit" | "cursor">;

const sorts = ["created", "expires", "lastUsed", "key"] as const;

/** Which licenses the address means. What an address says wrong is left out. */
export function wantedOf(filters: LicenseFilters) {
  const { search, level } = filters;
  const state = licenseStates.find((each) => each === filters.state);
  return {
    ...(search !== undefined && { search }),
    ...(state !== undefined && { state }),
    ...(level !== undefined && { level }),
  };
}

/** The same, as the server is asked for a list. */
export function inputOf(applicationId: string, filters: LicenseFilters): LicenseQuestion {
  return { applicationId, ...wantedOf(filters), ...sortingOf(filters) };
}

/** The newest first, unless something else is wanted. */
export function sortingOf({ sort, order }: LicenseFilters) {
  const by = sorts.find((each) => each === sort) ?? "created";
  return { sort: by, order: order === "asc" ? "asc" : "desc" } as const;
}
