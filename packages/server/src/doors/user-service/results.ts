import type { CallName } from "@latchkey/protocol";
import type { IdentifiedApplication } from "#presence.ts";
import type { CallOutput } from "./user-calls.ts";
import { userRow } from "./user-row.ts";

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
  login: ({ account, token }) => ({ ...userRow(account), "user-token": token }),
  logout: () => null,
  isValidUserToken: ({ valid }) => valid,
  restorePassword: () => null,
  resendConfirmation: () => ({}),
  createConfirmationUrl: ({ confirmationUrl }) => ({ confirmationURL: confirmationUrl }),
  getUserRoles: ({ roles }) => roles,
  getUser: ({ account }) => userRow(account),
  findById: ({ account }) => userRow(account),
};
