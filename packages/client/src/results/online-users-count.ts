import type { Fields } from "./fields.ts";
import { numberIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

/** How many sessions of the application are authorized. */
export class OnlineUsersCount extends Result<"getOnlineUsersCount"> {
  readonly onlineUsersCount: number;

  constructor(status: AnswerStatus<"getOnlineUsersCount">, output: Fields) {
    super(status);
    this.onlineUsersCount = numberIn(output, "onlineUsersCount");
  }
}
