import type { CallName } from "@latchkey/protocol";
import type { IdentifiedApplication } from "#presence.ts";
import type { CallOutput } from "./user-calls.ts";
import { columnItem } from "./column-item.ts";
import { loginRow, userRow, userRowOf } from "./user-row.ts";

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
  loginAsGuest: ({ account, token }) => loginRow(account, token),
  login: ({ account, token }) => loginRow(account, token),
  requestSignInUrl: ({ url }) => url,
  requestSocialUrl: ({ url }) => url,
  socialLogin: ({ account, token }) => loginRow(account, token),
  socialSdkLogin: ({ account, token }) => loginRow(account, token),
  logout: () => null,
  isValidUserToken: ({ valid }) => valid,
  restorePassword: () => null,
  resendConfirmation: () => ({}),
  createConfirmationUrl: ({ confirmationUrl }) => ({ confirmationURL: confirmationUrl }),
  getUserRoles: ({ roles }) => roles,
  getAccountRoles: ({ roles }) => roles,
  findByRole: ({ users, props, excludeProps }) =>
    users.map(({ account, roles }) => ({ ...userRowOf(account, props, excludeProps), ...(roles && { roles }) })),
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
