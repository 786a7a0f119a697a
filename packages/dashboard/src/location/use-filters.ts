import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";

/** The filters of a list, kept in the address so that they can be shared and gone back to. Absent: no filter. */
export function useFilters<const K extends string>(
  names: readonly K[],
): [Readonly<Partial<Record<K, string>>>, (changed: Readonly<Partial<Record<K, string | undefined>>>) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const filters = useMemo(() => filtersIn(search, names), [search, names]);
  const change = useCallback(
    (changed: Readonly<Partial<Record<K, string | undefined>>>) => {
      const query = new URLSearchParams(search);
      for (const [name, value] of Object.entries<string | undefined>(changed)) {
        if (value === undefined || value === "") query.delete(name);
        else query.set(name, value);
      }
      navigate(query.size === 0 ? path : `${path}?${query.toString()}`, { replace: true });
    },
    [search, path, navigate],
  );
  return [filters, change];
}

function filtersIn<K extends string>(search: string, names: readonly K[]): Readonly<Partial<Record<K, string>>> {
  const query = new URLSearchParams(search);
  const filters: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = query.get(name);
    if (value !== null && value !== "") filters[name] = value;
  }
  return filters;
}
