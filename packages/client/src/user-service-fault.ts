/**
 * Codes of faults that no server has sent. Above everything a server sends.
 *
 * | code  | name                  | when                                                                      |
 * | ----- | --------------------- | ------------------------------------------------------------------------- |
 * | 90000 | `noAnswer`            | no connection, or no answer in time; the server may still have done it    |
 * | 90001 | `answerNotUnderstood` | what answered is not the user service: check the address                  |
 * | 90002 | `unexpected`          | a bug of the program or of the SDK; see `cause`                           |
 */
export const LocalFaultCode = { noAnswer: 90_000, answerNotUnderstood: 90_001, unexpected: 90_002 } as const;

/** The only way a call of the user service fails: the service refused it, or (`LocalFaultCode`) could not be asked. */
export class UserServiceFault extends Error {
  override readonly name = "UserServiceFault";
  readonly code: number;

  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A call may fail in no other way: whatever else was thrown is `unexpected`, with the original as its cause. */
export function faultFrom(error: unknown): UserServiceFault {
  if (error instanceof UserServiceFault) return error;
  const message = `this call could not be made: ${String(error)}`;
  return new UserServiceFault(LocalFaultCode.unexpected, message, { cause: error });
}
