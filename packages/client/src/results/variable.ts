import type { Fields } from "./fields.ts";
import { textIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

/** A variable of the application. Empty unless `good()`. */
export class Variable extends Result<"getVariable"> {
  readonly content: string;

  constructor(status: AnswerStatus<"getVariable">, output: Fields) {
    super(status);
    this.content = textIn(output, "content");
  }
}
