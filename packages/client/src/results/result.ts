import type { PacketName, StatusOf } from "@latchkey/protocol";
import { Status } from "@latchkey/protocol";

/**
 * The statuses an operation can answer with. A newer server may add some: they arrive as plain numbers, so a
 * `switch` over statuses needs a `default`.
 */
export type AnswerStatus<N extends PacketName> = StatusOf<N> | (number & Record<never, never>);

/** What every result has in common. */
export abstract class Result<N extends PacketName> {
  /** What the server answered. The other fields count only as far as it allows. */
  readonly status: AnswerStatus<N>;

  constructor(status: AnswerStatus<N>) {
    this.status = status;
  }

  /** Whether the operation was carried out: its status is `ok`. */
  good(): boolean {
    return this.status === Status.Ok;
  }
}
