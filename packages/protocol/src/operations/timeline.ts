import * as v from "valibot";
import { operation } from "../operation.ts";
import { nextCursor, page } from "../page.ts";
import { text } from "../text.ts";
import { auditEntryShape } from "./audit.ts";
import { sessionShape } from "./session.ts";

const timeline = {
  gate: "audit:read",
  output: v.object({
    /** What was changed, the newest first. */
    entries: v.array(auditEntryShape),
    /** Authorized by it now; with the first page only, and a hundred at most. */
    sessions: v.array(sessionShape),
    nextCursor,
  }),
} as const;

/** What has happened to one record, also when it is deleted. */
export const timelines = {
  showLicenseTimeline: operation({
    ...timeline,
    route: "GET /manage/v1/applications/{applicationId}/licenses/{license}/timeline",
    input: v.object({ applicationId: text, license: text, ...page }),
    refuses: ["licenseNotFound"],
  }),

  showAccountTimeline: operation({
    ...timeline,
    route: "GET /manage/v1/applications/{applicationId}/accounts/{accountId}/timeline",
    input: v.object({ applicationId: text, accountId: text, ...page }),
    refuses: ["accountNotFound"],
  }),
};
