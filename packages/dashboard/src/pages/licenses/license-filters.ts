import { type InputOf, licenseStates } from "@latchkey/protocol";

export const filterNames = ["search", "state", "level", "sort", "order"] as const;
export type LicenseFilters = Readonly<Partial<Record<(typeof filterNames)[number], string>>>;
export type LicenseQuestion = Omit<InputOf<"listLicenses">, "limit" | "cursor">;

export const sorts = ["created", "expires", "lastUsed", "key"] as const;

/** What the address says, as the server is asked. What an address says wrong is left out. */
export function inputOf(applicationId: string, filters: LicenseFilters): LicenseQuestion {
  const { search, level } = filters;
  const state = licenseStates.find((each) => each === filters.state);
  const { sort, order } = sortingOf(filters);
  return {
    applicationId,
    sort,
    order,
    ...(search !== undefined && { search }),
    ...(state !== undefined && { state }),
    ...(level !== undefined && { level }),
  };
}

/** The newest first, unless something else is wanted. */
export function sortingOf({ sort, order }: LicenseFilters) {
  const by = sorts.find((each) => each === sort) ?? "created";
  return { sort: by, order: order === "asc" ? "asc" : "desc" } as const;
}
