import * as v from "valibot";
import { operation } from "../operation.ts";
import { pageBy, paged, search } from "../page.ts";
import { count, text } from "../text.ts";

const entry = v.object({ kind: v.picklist(["client", "address"]), value: text });

/** Clients and addresses that an application does not want to see again. */
export const blacklist = {
  /** A client gives itself up: its client id and what it is authorized by are blacklisted, and it is closed with 4203. */
  blacklist: operation({
    type: 6,
    gate: "session",
    exclusive: true,
    once: true,
    input: v.object({ comment: v.exactOptional(text) }),
    output: v.object({}),
    refuses: ["blacklistQuotaReached"],
  }),

  addBlacklistEntry: operation({
    route: "POST /manage/v1/applications/{applicationId}/blacklist",
    gate: "blacklists:update",
    input: v.object({ applicationId: text, ...entry.entries }),
    output: v.object({}),
    refuses: ["applicationNotFound"],
  }),

  listBlacklist: operation({
    route: "GET /manage/v1/applications/{applicationId}/blacklist",
    gate: "blacklists:read",
    input: v.object({
      applicationId: text,
      search,
      kind: v.exactOptional(entry.entries.kind),
      madeBy: v.exactOptional(v.picklist(["client", "operator"])),
      ...pageBy(["created", "value"]),
    }),
    output: v.object({
      entries: v.array(
        v.object({
          ...entry.entries,
          createdAt: count,
          madeBy: v.picklist(["client", "operator"]),
          comment: v.exactOptional(text),
        }),
      ),
      ...paged,
    }),
    refuses: ["applicationNotFound", "cursorInvalid"],
  }),

  removeBlacklistEntry: operation({
    route: "DELETE /manage/v1/applications/{applicationId}/blacklist/{kind}/{value}",
    gate: "blacklists:update",
    input: v.object({ applicationId: text, ...entry.entries }),
    output: v.object({}),
    refuses: ["blacklistEntryNotFound"],
  }),
};
