import { useSyncExternalStore } from "react";

const tickMs = 15_000;

/** The one place that asks what time it is. */
export function now(): number {
  return Date.now();
}

let ticked = now();
let timer: number | undefined;
const waiting = new Set<() => void>();

/** One timer for all who look. */
function subscribe(changed: () => void): () => void {
  waiting.add(changed);
  timer ??= window.setInterval(tick, tickMs);
  return () => {
    waiting.delete(changed);
    if (waiting.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  ticked = now();
  for (const changed of waiting) changed();
}

/** The time, exact to a quarter of a minute: enough to say how long ago something was. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => ticked);
}
