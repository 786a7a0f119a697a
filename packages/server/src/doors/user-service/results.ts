import type { CallName } from "@latchkey/protocol";
import type { IdentifiedApplication } from "#presence.ts";
import type { CallOutput } from "./user-calls.ts";
import { loginRow, userRow } from "./user-row.ts";

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
  login: ({ account, token }) => loginRow(account, token),
  requestSignInUrl: ({ url }) => url,
  requestSocialUrl: ({ url }) => url,
  socialLogin: ({ account, token }) => loginRow(account, token),
  socialSdkLogin: ({ account, token }) => loginRow(account, token),
  logout: () => null,
  isValidUserToken: ({ valid }) => valid,
  getUserRoles: ({ roles }) => roles,
  getUser: ({ account }) => userRow(account),
  findById: ({ account }) => userRow(account),
};
