import { useSyncExternalStore } from "react";

const tickMs = 15_000;

/** The one place that asks what time it is. */
export function now(): number {
  return Date.now();
}

let ticked = now();

function subscribe(changed: () => void): () => void {
  ticked = now();
  const timer = window.setInterval(() => {
    ticked = now();
    changed();
  }, tickMs);
  return () => clearInterval(timer);
}

/** The time, exact to a quarter of a minute: enough to say how long ago something was. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => ticked);
}
