import { useSyncExternalStore } from "react";
import type { BaseLocationHook, BaseSearchHook } from "wouter";

// The dashboard lives behind `#`: the server has to know one address, and secrets of links never reach its log.

function subscribe(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

function parts(): { readonly path: string; readonly search: string } {
  const [path = "", search = ""] = location.hash.replace(/^#/, "").split("?", 2);
  return { path: path.startsWith("/") ? path : `/${path}`, search };
}

export function navigate(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const before = location.href;
  history[replace ? "replaceState" : "pushState"](null, "", `#${to}`);
  dispatchEvent(new HashChangeEvent("hashchange", { oldURL: before, newURL: location.href }));
}

export const useHashLocation: BaseLocationHook = Object.assign(
  (): [string, typeof navigate] => [useSyncExternalStore(subscribe, () => parts().path), navigate],
  { hrefs: (href: string) => `#${href}` },
);

export const useHashSearch: BaseSearchHook = () => useSyncExternalStore(subscribe, () => parts().search);
