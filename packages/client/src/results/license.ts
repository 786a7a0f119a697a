import type { Fields } from "./fields.ts";
import { numberIn, textIn, textsIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

type LicensePacket = "authorizeByLicense" | "getCurrentLicense";

/** The license a session was authorized by. A refusal may carry levels, comment and times too. */
export class License extends Result<LicensePacket> {
  readonly license: string;
  readonly levels: readonly string[];
  readonly comment: string;
  /** The address the server sees this client at. */
  readonly ipAddress: string;
  /** Seconds until the license expires; 0 when it never does, see `expiresAt`. */
  readonly timeLeft: number;
  /** The Unix second at which the license expires; 0 when it never does. */
  readonly expiresAt: number;

  constructor(status: AnswerStatus<LicensePacket>, output: Fields) {
    super(status);
    this.license = textIn(output, "license");
    this.levels = textsIn(output, "levels");
    this.comment = textIn(output, "comment");
    this.ipAddress = textIn(output, "ipAddress");
    this.timeLeft = numberIn(output, "timeLeft");
    this.expiresAt = numberIn(output, "expiresAt");
  }
}
