import * as v from "valibot";
import { isWithinBounds } from "../json-bounds.ts";
import { operation } from "../operation.ts";
import { nextCursor, page } from "../page.ts";
import { count, text } from "../text.ts";

/** Rows of one call, and so of one transaction: no server beside it should wait for longer than some 20 ms. */
export const importedAtMost = 200;

/** Milliseconds, or ISO 8601 with a time zone. */
const instant = v.union([
  count,
  v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/)),
]);

/** An account on its way from or to another system. */
export const accountRow = v.strictObject({
  id: v.exactOptional(v.pipe(text, v.regex(/^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/))),
  login: v.exactOptional(text),
  email: v.exactOptional(text),
  password: v.exactOptional(text),
  /** As whoever made it wrote it. */
  passwordHash: v.exactOptional(v.pipe(text, v.maxLength(1024))),
  /** Of Firebase, which keeps it apart. */
  passwordSalt: v.exactOptional(v.pipe(text, v.maxLength(1024))),
  status: v.exactOptional(v.picklist(["enabled", "unconfirmed", "disabled"])),
  levels: v.exactOptional(v.array(text)),
  /** That the application has. */
  roles: v.exactOptional(v.array(text)),
  comment: v.exactOptional(text),
  locale: v.exactOptional(v.pipe(text, v.minLength(2), v.maxLength(16))),
  properties: v.exactOptional(
    v.pipe(
      v.record(v.string(), v.unknown()),
      v.check((value) => isWithinBounds(value)),
    ),
  ),
  createdAt: v.exactOptional(instant),
  updatedAt: v.exactOptional(instant),
  lastLoginAt: v.exactOptional(instant),
  blacklistedAt: v.exactOptional(instant),
});

/** Why a row is not taken in. */
export const rowRefusals = [
  "rowMalformed",
  "fieldUnknown",
  "fieldMalformed",
  "identityMissing",
  "identityTooLong",
  "emailInvalid",
  "passwordTwice",
  "passwordRefused",
  "propertyNameReserved",
  "propertyUnknown",
  "propertyTypeMismatch",
  "propertyTaken",
  "tooManyColumns",
  "roleNotFound",
  "hashUnknown",
  "hashTooCostly",
  "hashKindsTooMany",
  "firebaseHashingMissing",
  "loginTaken",
  "idTaken",
  "accountQuotaReached",
] as const;

export const accountTransfer = {
  /**
   * Takes accounts in. Each row comes to something by itself: whoever signs in by its identities already stays as they
   * are, so that the same rows can be sent again.
   */
  importAccounts: operation({
    route: "POST /manage/v1/applications/{applicationId}/accounts/import",
    gate: "accounts:create",
    input: v.object({
      applicationId: text,
      rows: v.pipe(v.array(v.unknown()), v.maxLength(importedAtMost)),
      /** What a Firebase project hashes with; the keys are in base64. */
      firebase: v.exactOptional(v.object({ signerKey: text, saltSeparator: text, rounds: count, memCost: count })),
    }),
    output: v.object({
      /** In the order of the rows. */
      results: v.array(
        v.variant("outcome", [
          v.object({ outcome: v.picklist(["imported", "present"]) }),
          v.object({
            outcome: v.literal("refused"),
            reason: v.picklist(rowRefusals),
            /** What is wrong with the row, if it is one of its fields. */
            field: v.exactOptional(text),
          }),
        ]),
      ),
      retryAfter: v.exactOptional(count),
    }),
    refuses: ["applicationNotFound", "tooManyRequests"],
  }),

  /** The same rows, with the hashes of the passwords, of all accounts that have something to sign in by. */
  exportAccounts: operation({
    route: "GET /manage/v1/applications/{applicationId}/accounts/export",
    gate: "accounts:export",
    input: v.object({ applicationId: text, ...page }),
    output: v.object({ rows: v.array(accountRow), nextCursor }),
    refuses: ["applicationNotFound"],
  }),
};
