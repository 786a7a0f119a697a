export interface CallRoute {
  readonly methods: readonly ("GET" | "POST" | "PUT" | "DELETE")[];
  /** Relative to the base address; `{name}` is one percent-encoded segment, `{name*}` all that is left. */
  readonly path: string;
}

/** Where each call of the user service is found: all that a client has to know of it. */
export const callRoutes = {
  info: { methods: ["GET"], path: "/info" },
  register: { methods: ["POST"], path: "/users/register" },
  login: { methods: ["POST"], path: "/users/login" },
  logout: { methods: ["GET", "POST"], path: "/users/logout" },
  isValidUserToken: { methods: ["GET"], path: "/users/isvalidusertoken/{token}" },
  restorePassword: { methods: ["GET"], path: "/users/restorepassword/{identity}" },
  resendConfirmation: { methods: ["POST"], path: "/users/resendconfirmation/{identity*}" },
  createConfirmationUrl: { methods: ["POST"], path: "/users/createEmailConfirmationURL/{identity*}" },
  getUserRoles: { methods: ["GET"], path: "/users/userroles" },
  getUser: { methods: ["GET"], path: "/users/{accountId}" },
  findById: { methods: ["GET"], path: "/data/Users/{accountId}" },
} as const satisfies Record<string, CallRoute>;

export type CallName = keyof typeof callRoutes;
