import { Status, statusName } from "@latchkey/protocol";

/**
 * Why a call could not be carried out. Stable: a code is never renamed, new ones may be added.
 *
 * | code                | when                                                    | what to do                                   |
 * | ------------------- | ------------------------------------------------------- | -------------------------------------------- |
 * | `not_connected`     | before `connect()`, and after `shutdown()`              | call `connect()` first                       |
 * | `already_connected` | `connect()` while connecting or connected               | use the connection, or `shutdown()` first    |
 * | `connect_failed`    | no WebSocket could be opened at this address            | check the address, then try again later      |
 * | `timeout`           | no answer in time; the server may still have carried it out | look at the state before repeating the call |
 * | `closed`            | the connection ended and could not be resumed; `closeCode` and `reason` say why | `connect()`, `initialize()` and `authorize()` again, if the close code allows it |
 * | `aborted`           | the signal given to `withSignal` ended the call; the server may still carry it out | look at the state before repeating the call |
 * | `download_failed`   | a file's link brought nothing, several times in a row   | try again later, from the byte reached       |
 * | `shutdown`          | `shutdown()` of this program ended the call             | nothing                                      |
 * | `invalid_frame`     | the server sent what is no answer; only `on("exception")` | report it: this is no Latchkey server      |
 * | `unexpected`        | a bug of this program or of the SDK; see `cause`        | report it                                    |
 */
export type TransportErrorCode =
  | "not_connected"
  | "already_connected"
  | "connect_failed"
  | "timeout"
  | "closed"
  | "aborted"
  | "download_failed"
  | "shutdown"
  | "invalid_frame"
  | "unexpected";

export interface TransportErrorDetails {
  readonly closeCode?: number | undefined;
  readonly reason?: string | undefined;
  readonly cause?: unknown;
  /** An error made where the call began; its stack replaces the one of the timer or socket that ended the call. */
  readonly caller?: Error | undefined;
}

/**
 * A call had no answer: the connection is missing, has ended, or stayed silent.
 * Never thrown because the server said no; that is a result with a status.
 */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code: TransportErrorCode;
  /** The WebSocket close code; only with `closed` and `connect_failed`, and only where the connection gave one. */
  readonly closeCode: number | undefined;
  /** The reason that came with the close code, else empty. */
  readonly reason: string;

  constructor(code: TransportErrorCode, message: string, details: TransportErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.closeCode = details.closeCode;
    this.reason = details.reason ?? "";
    if (details.caller?.stack) this.stack = `${this.name}: ${message}\n${framesOf(details.caller.stack)}`;
  }
}

/** The error of a call that its signal has ended; the signal's reason is its cause. */
export function aborted(signal: AbortSignal | undefined, caller?: Error): TransportError {
  const message = "its signal ended this call; the server may still carry it out";
  return new TransportError("aborted", message, { cause: signal?.reason, caller });
}

/** A call may fail in no other way: whatever else was thrown is `unexpected`, with the original as its cause. */
export function transportErrorFrom(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  return new TransportError("unexpected", `this call could not be made: ${String(error)}`, { cause: error });
}

/** V8 begins a stack with the error's own line, other engines with the first frame. */
function framesOf(stack: string): string {
  return stack.startsWith("Error") ? stack.slice(stack.indexOf("\n") + 1) : stack;
}

/** What `orThrow` throws: the server answered, and the answer was not `ok`. The message is the status's name. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  readonly status: number;

  constructor(status: number) {
    super(statusName(status));
    this.status = status;
  }
}

/**
 * Returns the answer unchanged when its status is `ok`, and throws a `StatusError` otherwise.
 * For programs that must not go on unlicensed: a refusal cannot be overlooked.
 */
export function orThrow<const A extends number | { readonly status: number }>(answer: A): A {
  const status = typeof answer === "number" ? answer : answer.status;
  if (status !== Status.Ok) throw new StatusError(status);
  return answer;
}
