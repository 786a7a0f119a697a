import { refuse, type Refusal } from "@latchkey/protocol";

/** What a rule or a step came to: what was asked for, or the refusal; in between there are no exceptions. */
export type Decision<T extends object, R extends Refusal> = Granted<T> | Refused<R>;

type Granted<T extends object> = T & { readonly refused?: undefined };

export interface Refused<R extends Refusal = Refusal> {
  readonly refused: R;
  /** Seconds until it is worth trying again. */
  readonly retryAfter?: number;
}

/** The refusal as an operation answers it. */
export function refusalOf<R extends Refusal>({ refused, retryAfter }: Refused<R>) {
  return refuse(refused, retryAfter === undefined ? {} : { retryAfter });
}
