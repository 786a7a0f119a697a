import { useSyncExternalStore } from "react";

/** Something that is opened from anywhere and shown in one place. What it showed stays while it fades out. */
export function createOpenings<T>() {
  let current: { readonly shown: T | undefined; readonly isOpen: boolean } = { shown: undefined, isOpen: false };
  const listeners = new Set<() => void>();
  const change = (next: typeof current) => {
    current = next;
    for (const listener of listeners) listener();
  };
  const close = () => {
    change({ ...current, isOpen: false });
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    open: (shown: T) => {
      change({ shown, isOpen: true });
    },
    useOpening: () => ({ ...useSyncExternalStore(subscribe, () => current), close }),
  };
}
