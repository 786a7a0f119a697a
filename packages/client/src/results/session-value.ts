import type { Fields } from "./fields.ts";
import { textIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

/** A text that was kept with the session. Empty unless `good()`. */
export class SessionValue extends Result<"getSessionValue"> {
  readonly value: string;

  constructor(status: AnswerStatus<"getSessionValue">, output: Fields) {
    super(status);
    this.value = textIn(output, "value");
  }
}
