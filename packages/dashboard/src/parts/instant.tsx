import { Tooltip } from "@mantine/core";
import { useNow } from "#clock.ts";
import { exactTime, relativeTime } from "./format-time.ts";

/** How long ago, or in how long; the exact time for who points at it. */
export function Instant({ at }: { readonly at: number }) {
  const now = useNow();
  return (
    <Tooltip label={exactTime(at)}>
      <time dateTime={new Date(at).toISOString()}>{relativeTime(at, now)}</time>
    </Tooltip>
  );
}
