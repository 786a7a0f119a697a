/** The faults of a logout which mean that there is no session left to end. */
export const endedLogin = {
  logoutFailed: { code: 3023, message: "Logout failed", status: 500 },
  sessionUnknown: { code: 3064, message: "Not existing user token - <token>. Relogin user to update your user token" },
  accountDisabled: { code: 3090, message: "The account is disabled" },
} as const;

/** Known to clients of this contract; Latchkey itself never sends it. */
const sessionTimeout = 3091;

/** Whether a fault of `logout` means that there is no session to end, so that the user is logged out here as well. */
export function endsLocalLogin(code: number): boolean {
  return code === sessionTimeout || Object.values(endedLogin).some((fault) => fault.code === code);
}
