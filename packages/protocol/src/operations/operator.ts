import * as v from "valibot";
import { operatorRoles } from "../management/operator-roles.ts";
import { operation } from "../operation.ts";
import { nextCursor, page } from "../page.ts";
import { count, text } from "../text.ts";

export const operatorShape = v.object({
  id: text,
  email: text,
  name: text,
  role: v.picklist(operatorRoles),
  secondFactor: v.picklist(["on", "off"]),
  createdAt: count,
  lastSignInAt: v.exactOptional(count),
  disabledAt: v.exactOptional(count),
});

const invitationShape = v.object({
  id: text,
  email: text,
  role: v.picklist(operatorRoles),
  invitedBy: text,
  createdAt: count,
  expiresAt: count,
});

/** What the page of a link is opened by: whoever has it may use it, once. It is shown in this answer alone. */
const secretShown = { secret: text, expiresAt: count };

const change = {
  gate: "operators:update",
  input: v.object({ operatorId: text }),
  output: v.object({ operator: operatorShape }),
  refuses: ["operatorNotFound", "lastOwner", "grantTooWide"],
} as const;

/** What an owner does with operators (MG-OP-2). */
export const operator = {
  /** Makes an operator with a password, for the command line; others are invited. */
  addOperator: operation({
    gate: "operators:create",
    input: v.object({ email: text, name: text, role: v.picklist(operatorRoles), password: text }),
    output: v.object({ operator: operatorShape, retryAfter: v.exactOptional(count) }),
    refuses: ["emailInvalid", "emailTaken", "nameInvalid", "passwordRefused", "grantTooWide", "tooManyRequests"],
  }),

  listOperators: operation({
    route: "GET /manage/v1/operators",
    gate: "operators:read",
    input: v.object(page),
    output: v.object({ operators: v.array(operatorShape), nextCursor }),
    refuses: [],
  }),

  /** What it may do changes with its next request. */
  changeOperatorRole: operation({
    ...change,
    route: "PATCH /manage/v1/operators/{operatorId}",
    input: v.object({ operatorId: text, role: v.picklist(operatorRoles) }),
  }),
  /** Ends its sessions; it cannot sign in until it is enabled. */
  disableOperator: operation({ ...change, route: "POST /manage/v1/operators/{operatorId}/disable" }),
  enableOperator: operation({ ...change, route: "POST /manage/v1/operators/{operatorId}/enable" }),
  removeOperator: operation({
    ...change,
    route: "DELETE /manage/v1/operators/{operatorId}",
    gate: "operators:delete",
  }),

  /** Ends its sessions and its password, and makes a link by which it sets another one. */
  resetOperatorPassword: operation({
    ...change,
    route: "POST /manage/v1/operators/{operatorId}/reset-password",
    input: v.object({ operatorId: text, secondFactor: v.exactOptional(v.picklist(["keep", "remove"])) }),
    output: v.object(secretShown),
  }),

  /** Makes a link by which somebody becomes an operator; an earlier one for the same address is void. */
  inviteOperator: operation({
    route: "POST /manage/v1/invitations",
    gate: "operators:create",
    input: v.object({ email: text, role: v.picklist(operatorRoles) }),
    output: v.object({ invitation: invitationShape, secret: text }),
    refuses: ["emailInvalid", "emailTaken", "grantTooWide"],
  }),

  /** Those that can still be accepted. */
  listInvitations: operation({
    route: "GET /manage/v1/invitations",
    gate: "operators:read",
    input: v.object(page),
    output: v.object({ invitations: v.array(invitationShape), nextCursor }),
    refuses: [],
  }),

  revokeInvitation: operation({
    route: "DELETE /manage/v1/invitations/{invitationId}",
    gate: "operators:delete",
    input: v.object({ invitationId: text }),
    output: v.object({}),
    refuses: ["invitationNotFound", "grantTooWide"],
  }),

  /** While there is no owner, makes the link by which the first owner is created; an earlier one is void. */
  offerSetUp: operation({
    gate: "operators:create",
    input: v.object({}),
    output: v.object({ secret: v.exactOptional(text) }),
    refuses: [],
  }),
};
