/** The codes of the faults of a logout which mean that there is no session left to end. */
export const endedLogin = { logoutFailed: 3023, sessionUnknown: 3064, accountDisabled: 3090 } as const;

/** Known to clients of this contract; Latchkey itself never sends it. */
const sessionTimeout = 3091;

const codes: readonly number[] = [...Object.values(endedLogin), sessionTimeout];

/** Whether a fault of `logout` means that there is no session to end, so that the user is logged out here as well. */
export function endsLocalLogin(code: number): boolean {
  return codes.includes(code);
}
