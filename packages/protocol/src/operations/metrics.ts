import * as v from "valibot";
import { operation } from "../operation.ts";
import { count, text } from "../text.ts";

/** How much waits, and for how long the first of it has. */
const backlog = v.object({ count, oldestMs: count });

/** What an operator should look at. */
export const healthWarnings = [
  "changeLogBehind",
  "diskAlmostFull",
  "mailsDelayed",
  "nodeMissing",
  "passwordsBusy",
] as const;
export type HealthWarning = (typeof healthWarnings)[number];

export const metrics = {
  /**
   * What the clients of an application have done. `from` and `to` are instants, `step` is in milliseconds; the answer says
   * which stretch and step it is about, as a step is never so small that there would be more than 500 of them.
   */
  showApplicationMetrics: operation({
    route: "GET /manage/v1/applications/{applicationId}/metrics",
    gate: "metrics:read",
    input: v.object({
      applicationId: text,
      from: v.exactOptional(count),
      to: v.exactOptional(count),
      step: v.exactOptional(count),
    }),
    output: v.object({
      from: count,
      step: count,
      /** By name: `operations`, `authorizations`, `logins`, `signUps`, `logouts`, `failures`, `refused:<refusal>`, and
       * `online`, which is the most at a time. Values are those of the steps from `from` on. */
      series: v.array(v.object({ name: text, values: v.array(count) })),
    }),
    refuses: ["applicationNotFound"],
  }),

  /** How the system is, as the server that answers sees it. */
  showSystemHealth: operation({
    route: "GET /manage/v1/health",
    gate: "metrics:read",
    input: v.object({}),
    output: v.object({
      version: text,
      uptimeMs: count,
      /** Every server process whose lease has not been over for long; `isSelf`: the one that answers. */
      nodes: v.array(v.object({ id: text, startedAt: v.exactOptional(count), leaseUntil: count, isSelf: v.boolean() })),
      database: v.object({ kind: v.picklist(["sqlite", "postgres"]), bytes: count }),
      /** Absent where no server answers but a command. */
      changeLog: v.exactOptional(backlog),
      mailQueue: backlog,
      passwordQueue: v.object({ running: count, waiting: count, refused: count }),
      /** Where the data directory is, if there is one. */
      diskFreeBytes: v.exactOptional(count),
      warnings: v.array(v.picklist(healthWarnings)),
    }),
    refuses: [],
  }),
};
