import type { CallName } from "@latchkey/protocol";
import type { IdentifiedApplication } from "#presence.ts";
import type { CallOutput } from "./user-calls.ts";
import { columnItem } from "./column-item.ts";
import { userRow, userRowOf } from "./user-row.ts";

type Results = {
  readonly [C in CallName]: (output: CallOutput<C>, application: IdentifiedApplication) => unknown;
};

/** How each call's output looks in JSON. */
export const results: Results = {
  info: (_, { applicationId, apiKey }) => ({
    appId: applicationId,
    apiKey,
    rtURL: null,
    loggers: [],
  }),
  register: ({ account }) => userRow(account),
  loginAsGuest: ({ account, token }) => ({ ...userRow(account), "user-token": token }),
  login: ({ account, token }) => ({ ...userRow(account), "user-token": token }),
  logout: () => null,
  isValidUserToken: ({ valid }) => valid,
  getUserRoles: ({ roles }) => roles,
  getAccountRoles: ({ roles }) => roles,
  findByRole: ({ users }) => users.map(({ account, roles }) => ({ ...userRow(account), ...(roles && { roles }) })),
  assignRole: () => null,
  unassignRole: () => null,
  setUserStatus: () => null,
  verifyPassowrd: ({ valid }) => ({ valid }),
  verifyPassword: ({ valid }) => valid,
  getUser: ({ account }) => userRow(account),
  findById: ({ account }) => userRow(account),
  update: ({ account }) => userRow(account),
  updateById: ({ account }) => userRow(account),
  save: ({ account }) => userRow(account),
  remove: ({ deletedAt }) => ({ deletionTime: deletedAt }),
  find: ({ accounts, props, excludeProps }) => accounts.map((account) => userRowOf(account, props, excludeProps)),
  describeUserClass: ({ columns }) => columns.map(columnItem),
};
