import type { InputOf, OperationName } from "@latchkey/protocol";
import type { Gate, Judgment } from "./gate.ts";

const operator = { door: "console", address: "console" } as const;

/** The operator's entrance: operations without a network door, for whoever may open the database anyway. */
export class Console implements AsyncDisposable {
  readonly #gate: Gate;
  readonly #close: () => Promise<void>;

  constructor(gate: Gate, close: () => Promise<void> = () => Promise.resolve()) {
    this.#gate = gate;
    this.#close = close;
  }

  /** What breaks on the way is thrown. */
  call<N extends OperationName>(name: N, input: InputOf<N>): Promise<Judgment<N>> {
    return this.#gate.callUncaught(name, operator, input);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}
