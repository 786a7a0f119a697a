import type { CallRoute } from "@latchkey/protocol";
import { callRoutes } from "@latchkey/protocol";

/** Where every call of the user service is found: those that are served, and those of the contract that are not yet. */
export const userRoutes = {
  ...callRoutes,
  loginAsGuest: { methods: ["POST"], path: "/users/register/guest" },
  restorePassword: { methods: ["GET"], path: "/users/restorepassword/{identity}" },
  resendConfirmation: { methods: ["POST"], path: "/users/resendconfirmation/{identity*}" },
  createConfirmationUrl: { methods: ["POST"], path: "/users/createEmailConfirmationURL/{identity*}" },
  update: { methods: ["PUT"], path: "/users/{accountId}" },
  updateById: { methods: ["PUT"], path: "/data/Users/{accountId}" },
  save: { methods: ["PUT"], path: "/data/Users" },
  remove: { methods: ["DELETE"], path: "/data/Users/{accountId}" },
  find: { methods: ["POST"], path: "/data/Users/find" },
  verifyPassowrd: { methods: ["POST"], path: "/users/verifypassowrd" },
  verifyPassword: { methods: ["POST"], path: "/users/verifypassword" },
  getAccountRoles: { methods: ["GET"], path: "/users/userroles/{accountId}" },
  findByRole: { methods: ["GET"], path: "/users/role/{role*}" },
  assignRole: { methods: ["POST"], path: "/users/assignRole" },
  unassignRole: { methods: ["POST"], path: "/users/unassignRole" },
  setUserStatus: { methods: ["PUT"], path: "/users/{accountId}/status" },
  describeUserClass: { methods: ["GET"], path: "/users/userclassprops" },
  requestSignInUrl: { methods: ["POST"], path: "/users/oauth/{provider}/request_url" },
  requestSocialUrl: { methods: ["POST"], path: "/users/social/oauth/{provider}/request_url" },
  socialLogin: { methods: ["POST"], path: "/users/social/{provider}/login" },
  socialSdkLogin: { methods: ["POST"], path: "/users/social/{provider}/sdk/login" },
} as const satisfies Record<string, CallRoute>;

export type UserRoute = keyof typeof userRoutes;
