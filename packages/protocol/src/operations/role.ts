import * as v from "valibot";
import { operation } from "../operation.ts";
import { text } from "../text.ts";
import { accountShape } from "./account.ts";
import { shown } from "./user-account.ts";

const nothing = v.object({});
const roles = v.object({ roles: v.array(text) });
const named = v.object({ applicationId: text, role: text });

/** By server code: `user` is an identity or an account's id. */
const asked = v.object({ user: v.exactOptional(v.unknown()), roleName: v.exactOptional(v.unknown()) });
/** By the operator. */
const ofAccount = v.object({ accountId: text, applicationId: v.exactOptional(text), role: text });

export const role = {
  /** The roles this very call has. */
  getUserRoles: operation({ gate: "init", input: nothing, output: roles, refuses: [] }),

  /** The roles an account was given. */
  getAccountRoles: operation({
    gate: "init",
    input: v.object({ accountId: text }),
    output: roles,
    refuses: ["notAllowed", "accountNotFound"],
  }),

  /** The accounts that were given a role. */
  findByRole: operation({
    gate: "init",
    input: v.object({ role: text, query: v.record(v.string(), v.unknown()) }),
    output: v.object({
      users: v.array(v.object({ account: accountShape, roles: v.exactOptional(v.array(text)) })),
      ...shown,
    }),
    refuses: ["notAllowed", "queryMalformed", "roleOfSystem", "roleNotFound"],
  }),

  assignRole: operation({
    gate: "server",
    input: asked,
    output: nothing,
    refuses: [
      "serverKeyRequired",
      "argumentMissing",
      "argumentMalformed",
      "roleOfSystem",
      "roleNotFound",
      "accountNotFound",
    ],
  }),

  unassignRole: operation({
    gate: "server",
    input: asked,
    output: nothing,
    refuses: [
      "serverKeyRequired",
      "argumentMissing",
      "argumentMalformed",
      "roleOfSystem",
      "roleNotFound",
      "accountNotFound",
    ],
  }),

  createRole: operation({
    route: "POST /manage/v1/applications/{applicationId}/roles",
    gate: "roles:create",
    input: named,
    output: v.object({ role: text }),
    refuses: ["applicationNotFound", "roleNameInvalid", "roleOfSystem", "roleExists"],
  }),

  listRoles: operation({
    route: "GET /manage/v1/applications/{applicationId}/roles",
    gate: "roles:read",
    input: v.object({ applicationId: text }),
    output: roles,
    refuses: ["applicationNotFound"],
  }),

  /** Takes it from every account, too. */
  deleteRole: operation({
    route: "DELETE /manage/v1/applications/{applicationId}/roles/{role}",
    gate: "roles:delete",
    input: named,
    output: v.object({ role: text }),
    refuses: ["roleNotFound"],
  }),

  giveRole: operation({
    route: "PUT /manage/v1/applications/{applicationId}/accounts/{accountId}/roles/{role}",
    gate: "accounts:update",
    input: ofAccount,
    output: roles,
    refuses: ["accountNotFound", "roleNotFound"],
  }),

  takeRole: operation({
    route: "DELETE /manage/v1/applications/{applicationId}/accounts/{accountId}/roles/{role}",
    gate: "accounts:update",
    input: ofAccount,
    output: roles,
    refuses: ["accountNotFound", "roleNotFound"],
  }),
};
