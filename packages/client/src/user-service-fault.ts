/**
 * Codes of faults that no server has sent. Above everything a server sends.
 *
 * | code  | name                  | when                                                                      |
 * | ----- | --------------------- | ------------------------------------------------------------------------- |
 * | 90000 | `noAnswer`            | no connection, or no answer in time; the server may still have done it    |
 * | 90001 | `answerNotUnderstood` | what answered is not the user service: check the address                  |
 * | 90002 | `unexpected`          | a bug of the program or of the SDK, or token storage that fails; see `cause` |
 * | 90003 | `aborted`             | the signal given to `withSignal` ended the call; the server may still do it |
 */
export const LocalFaultCode = {
  noAnswer: 90_000,
  answerNotUnderstood: 90_001,
  unexpected: 90_002,
  aborted: 90_003,
} as const;

export interface FaultDetails {
  readonly errorData?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The only way a call of the user service fails: the service refused it, or (`LocalFaultCode`) could not be asked. */
export class UserServiceFault extends Error {
  override readonly name = "UserServiceFault";
  readonly code: number;
  /** What the service says beyond the code; for most codes nothing. */
  readonly errorData: Readonly<Record<string, unknown>>;

  constructor(code: number, message: string, { errorData = {}, cause }: FaultDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.errorData = errorData;
  }

  /** Seconds to wait before the next attempt; 0 when the server named none. */
  get retryAfter(): number {
    const { retryAfter } = this.errorData;
    return typeof retryAfter === "number" ? retryAfter : 0;
  }
}

/** A call may fail in no other way: whatever else was thrown is `unexpected`, with the original as its cause. */
export function faultFrom(error: unknown): UserServiceFault {
  if (error instanceof UserServiceFault) return error;
  const message = `this call could not be made: ${String(error)}`;
  return new UserServiceFault(LocalFaultCode.unexpected, message, { cause: error });
}
