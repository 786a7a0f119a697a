export interface CallRoute {
  readonly methods: readonly ("GET" | "POST" | "PUT" | "DELETE")[];
  /** Relative to the base address; `{name}` is one percent-encoded segment, `{name*}` all that is left. */
  readonly path: string;
}

/** Where each call of the user service is found: all that a client has to know of it. */
export const callRoutes = {
  info: { methods: ["GET"], path: "/info" },
  register: { methods: ["POST"], path: "/users/register" },
  loginAsGuest: { methods: ["POST"], path: "/users/register/guest" },
  login: { methods: ["POST"], path: "/users/login" },
  logout: { methods: ["GET", "POST"], path: "/users/logout" },
  isValidUserToken: { methods: ["GET"], path: "/users/isvalidusertoken/{token}" },
  restorePassword: { methods: ["GET"], path: "/users/restorepassword/{identity}" },
  resendConfirmation: { methods: ["POST"], path: "/users/resendconfirmation/{identity*}" },
  createConfirmationUrl: { methods: ["POST"], path: "/users/createEmailConfirmationURL/{identity*}" },
  getUserRoles: { methods: ["GET"], path: "/users/userroles" },
  getAccountRoles: { methods: ["GET"], path: "/users/userroles/{accountId}" },
  findByRole: { methods: ["GET"], path: "/users/role/{role*}" },
  assignRole: { methods: ["POST"], path: "/users/assignRole" },
  unassignRole: { methods: ["POST"], path: "/users/unassignRole" },
  setUserStatus: { methods: ["PUT"], path: "/users/{accountId}/status" },
  /** Spelled as the official JavaScript SDK does. */
  verifyPassowrd: { methods: ["POST"], path: "/users/verifypassowrd" },
  verifyPassword: { methods: ["POST"], path: "/users/verifypassword" },
  describeUserClass: { methods: ["GET"], path: "/users/userclassprops" },
  requestSignInUrl: { methods: ["POST"], path: "/users/oauth/{provider}/request_url" },
  requestSocialUrl: { methods: ["POST"], path: "/users/social/oauth/{provider}/request_url" },
  socialLogin: { methods: ["POST"], path: "/users/social/{provider}/login" },
  socialSdkLogin: { methods: ["POST"], path: "/users/social/{provider}/sdk/login" },
  getUser: { methods: ["GET"], path: "/users/{accountId}" },
  update: { methods: ["PUT"], path: "/users/{accountId}" },
  findById: { methods: ["GET"], path: "/data/Users/{accountId}" },
  updateById: { methods: ["PUT"], path: "/data/Users/{accountId}" },
  remove: { methods: ["DELETE"], path: "/data/Users/{accountId}" },
  save: { methods: ["PUT"], path: "/data/Users" },
  find: { methods: ["POST"], path: "/data/Users/find" },
} as const satisfies Record<string, CallRoute>;

export type CallName = keyof typeof callRoutes;
