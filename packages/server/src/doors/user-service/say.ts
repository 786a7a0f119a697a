import type { Fault } from "@latchkey/protocol";

const tokenShownAtMost = 64;

/** A fault as clients are told it. */
export interface SaidFault {
  readonly said: {
    readonly code: number;
    readonly message: string;
    readonly errorData: Readonly<Record<string, unknown>>;
  };
  /** HTTP, where the form has one. */
  readonly status: number;
  /** Seconds. */
  readonly retryAfter?: number;
}

export function say(fault: Fault, errorData?: Readonly<Record<string, unknown>>, token = ""): SaidFault {
  const { code, status = 400 } = fault;
  const message = fault.message.replace("<token>", () => shown(token));
  return { status, said: { code, message, errorData: errorData ?? fault.errorData ?? {} } };
}

/** US-ERR-9. */
function shown(token: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return token.slice(0, tokenShownAtMost).replace(/[\u0000-\u001f\u007f-\u009f]/g, "?");
}
