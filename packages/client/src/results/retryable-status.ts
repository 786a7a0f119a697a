import type { Status } from "@latchkey/protocol";
import type { Fields } from "./fields.ts";
import { numberIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

/** A status that may say when to try again. */
export class RetryableStatus extends Result<"createAccount"> {
  /** Seconds to wait before the next attempt; 0 when the server named none. */
  readonly retryAfter: number;

  constructor(status: AnswerStatus<"createAccount">, output: Fields) {
    super(status);
    this.retryAfter = numberIn(output, "retryAfter");
  }

  is(status: Status): boolean {
    return this.status === status;
  }
}
