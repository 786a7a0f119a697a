import type { Fields } from "./fields.ts";
import { numberIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

/** What came of ending sessions. */
export class EndedSessions extends Result<"endSessions"> {
  /** How many there were to end. */
  readonly ended: number;

  constructor(status: AnswerStatus<"endSessions">, output: Fields) {
    super(status);
    this.ended = numberIn(output, "ended");
  }
}
