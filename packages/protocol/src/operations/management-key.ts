import * as v from "valibot";
import { scopes } from "../management/scopes.ts";
import { operation } from "../operation.ts";
import { nextCursor, page } from "../page.ts";
import { count, text } from "../text.ts";

/** A management key as it may be seen again: never with its secret. */
const managementKeyShape = v.object({
  id: text,
  name: text,
  scopes: v.array(v.picklist(scopes)),
  /** Absent: all applications. */
  applicationIds: v.exactOptional(v.array(text)),
  lastFour: text,
  /** Who made it. */
  createdBy: text,
  createdAt: count,
  expiresAt: v.exactOptional(count),
  lastUsedAt: v.exactOptional(count),
  revokedAt: v.exactOptional(count),
});

export const managementKey = {
  /** Makes a key and shows it, which is the only time: what is kept of it cannot be turned back. */
  createManagementKey: operation({
    route: "POST /manage/v1/keys",
    gate: "keys:create",
    spans: true,
    input: v.object({
      name: text,
      scopes: v.pipe(v.array(v.picklist(scopes)), v.minLength(1)),
      /** Absent: all applications. */
      applicationIds: v.exactOptional(v.pipe(v.array(text), v.minLength(1), v.maxLength(100))),
      expiresAt: v.exactOptional(count),
    }),
    output: v.object({ managementKey: managementKeyShape, key: text }),
    refuses: ["nameInvalid", "grantTooWide", "applicationNotFound", "expiryInvalid"],
  }),

  listManagementKeys: operation({
    route: "GET /manage/v1/keys",
    gate: "keys:read",
    input: v.object(page),
    output: v.object({ managementKeys: v.array(managementKeyShape), nextCursor }),
    refuses: [],
  }),

  /** For good, with the keys that were made by it. */
  revokeManagementKey: operation({
    route: "DELETE /manage/v1/keys/{keyId}",
    gate: "keys:delete",
    input: v.object({ keyId: text }),
    output: v.object({ managementKey: managementKeyShape }),
    refuses: ["managementKeyNotFound"],
  }),
};
