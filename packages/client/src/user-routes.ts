import type { CallRoute } from "@latchkey/protocol";
import { callRoutes } from "@latchkey/protocol";

/** Where every call of the user service is found: those that are served, and those of the contract that are not yet. */
export const userRoutes = {
  ...callRoutes,
  restorePassword: { methods: ["GET"], path: "/users/restorepassword/{identity}" },
  resendConfirmation: { methods: ["POST"], path: "/users/resendconfirmation/{identity*}" },
  createConfirmationUrl: { methods: ["POST"], path: "/users/createEmailConfirmationURL/{identity*}" },
} as const satisfies Record<string, CallRoute>;

export type UserRoute = keyof typeof userRoutes;
