import { useLocation } from "wouter";

const keptKey = "latchkey-application";

/** The application that the address is about, or was about last. */
export function useCurrentApplicationId(): string | undefined {
  const [path] = useLocation();
  const named = /^\/applications\/([^/]+)/.exec(path)?.[1];
  if (named === undefined || named === "new") return localStorage.getItem(keptKey) ?? undefined;
  localStorage.setItem(keptKey, named);
  return named;
}

/** There is no such application any more. */
export function forgetApplication(): void {
  localStorage.removeItem(keptKey);
}
