import type { Clock } from "./clock.ts";

/** Short enough that a call which waits for the default ten seconds can still be answered after a resume. */
const answerWithinMs = 4_000;
/** Events come without having been asked for: while nothing is asked, an occasional ping shows that they still could. */
const idleForMs = 30_000;

/**
 * Notices when the other side has gone without a word, by what is not received: first it is asked for a sign of life,
 * then it is lost. A page cannot see the server's ping frames.
 */
export class Liveness {
  readonly #clock: Clock;
  readonly #ping: () => void;
  readonly #lost: () => void;
  #isWaiting = false;
  #clearTimer: () => void = () => undefined;

  constructor(clock: Clock, { ping, lost }: { readonly ping: () => void; readonly lost: () => void }) {
    this.#clock = clock;
    this.#ping = ping;
    this.#lost = lost;
  }

  /** Something was sent that has an answer. */
  sent(): void {
    if (!this.#isWaiting) this.#watch(true);
  }

  /** Something was received; `isWaiting`: there are answers still to come. */
  received(isWaiting: boolean): void {
    this.#watch(isWaiting);
  }

  stop(): void {
    this.#clearTimer();
    this.#isWaiting = false;
  }

  #watch(isWaiting: boolean): void {
    this.#clearTimer();
    this.#isWaiting = isWaiting;
    this.#clearTimer = this.#clock.after(isWaiting ? answerWithinMs : idleForMs, () => {
      this.#isWaiting = true;
      this.#clearTimer = this.#clock.after(answerWithinMs, this.#lost);
      this.#ping();
    });
  }
}
