import type { Context } from "#context.ts";

/** Who holds a session or a seat at this moment. */
export function holding({ now, config }: Context) {
  return { now, windowStart: now - config.resumeWindow };
}
