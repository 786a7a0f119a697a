import { useNow } from "#clock.ts";
import { exactTime, relativeTime } from "./format-time.ts";

/** How long ago, or in how long; the exact time for who points at it. Tables have hundreds, so it is nothing but text. */
export function Instant({ at }: { readonly at: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {relativeTime(at, now)}
    </time>
  );
}
