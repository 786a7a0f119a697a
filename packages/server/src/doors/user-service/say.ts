import type { Fault } from "@latchkey/protocol";

const shownAtMost = 64;

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

/** `quoted`: what the message repeats of the request. */
export function say(fault: Fault, errorData?: Readonly<Record<string, unknown>>, quoted = ""): SaidFault {
  const { code, status = 400 } = fault;
  const message = fault.message.replace(/<token>|<part>/, () => shown(quoted));
  return { status, said: { code, message, errorData: errorData ?? fault.errorData ?? {} } };
}

/** US-ERR-9. */
function shown(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.slice(0, shownAtMost).replace(/[\u0000-\u001f\u007f-\u009f]/g, "?");
}
