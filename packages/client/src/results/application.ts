import type { Fields } from "./fields.ts";
import { textIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

/** The application a session was initialized for. Its fields are empty unless `good()`. */
export class Application extends Result<"initialize"> {
  readonly name: string;
  readonly version: string;

  constructor(status: AnswerStatus<"initialize">, output: Fields) {
    super(status);
    this.name = textIn(output, "appName");
    this.version = textIn(output, "appVersion");
  }
}
