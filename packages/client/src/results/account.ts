import type { Fields } from "./fields.ts";
import { flagIn, numberIn, textIn, textsIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

type AccountPacket = "authorizeByCredentials" | "attach" | "getCurrentAccount";

/** The account a session was authorized by. */
export class Account extends Result<AccountPacket> {
  readonly login: string;
  /** The account's own levels together with those of its valid licenses. */
  readonly levels: readonly string[];
  readonly comment: string;
  /** The address the server sees this client at. */
  readonly ipAddress: string;
  /** Seconds until the last of the account's licenses expires; 0 when there is no such end, see `expiresAt`. */
  readonly timeLeft: number;
  /** The Unix second at which the last of the account's licenses expires; 0 when there is no such end. */
  readonly expiresAt: number;
  /** Whether the application admits only accounts with a valid license. */
  readonly licenseRequired: boolean;
  /** Seconds to wait before the next attempt; 0 unless the status is `too_many_requests`. */
  readonly retryAfter: number;

  constructor(status: AnswerStatus<AccountPacket>, output: Fields) {
    super(status);
    this.login = textIn(output, "login");
    this.levels = textsIn(output, "levels");
    this.comment = textIn(output, "comment");
    this.ipAddress = textIn(output, "ipAddress");
    this.timeLeft = numberIn(output, "timeLeft");
    this.expiresAt = numberIn(output, "expiresAt");
    this.licenseRequired = flagIn(output, "licenseRequired");
    this.retryAfter = numberIn(output, "retryAfter");
  }
}
