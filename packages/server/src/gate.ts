import { randomUUID } from "node:crypto";
import type { Answer, InputOf, OperationName } from "@latchkey/protocol";
import { definitionOf } from "@latchkey/protocol";
import * as v from "valibot";
import { type Caller, type CallerOf, meets } from "./caller.ts";
import type { Context, Resources } from "./context.ts";
import { describeError } from "#report/log.ts";

type Handler<N extends OperationName> = (
  context: Context,
  caller: CallerOf<N>,
  input: InputOf<N>,
) => Promise<Answer<N>>;
export type Handlers = { readonly [N in OperationName]: Handler<N> };

/** What a door gets back: an answer, or why the operation did not come to one. */
export type Outcome<N extends OperationName = OperationName> =
  | Answer<N>
  /** It never ran. */
  | { readonly ok: false; readonly fault: "uninitialized" | "malformed" }
  | Internal;

/** It failed, and the log has it under this id; nobody is told more. */
export interface Internal {
  readonly ok: false;
  readonly fault: "internal";
  readonly requestId: string;
}

/** The checks before every operation, in this order, and the one catch around it. */
export class Gate {
  readonly #resources: Resources;
  readonly #handlers: Handlers;

  constructor(resources: Resources, handlers: Handlers) {
    this.#resources = resources;
    this.#handlers = handlers;
  }

  async call<N extends OperationName>(name: N, caller: Caller, input: unknown): Promise<Outcome<N>> {
    const { gate, input: schema } = definitionOf(name);
    if (!meets(gate, caller)) {
      const isAuthorization = gate === "auth" || gate === "license" || gate === "account";
      if (isAuthorization && meets("init", caller)) return { ok: false, refusal: "notAuthorized" };
      return { ok: false, fault: "uninitialized" };
    }
    const checked = v.safeParse(schema, input);
    if (!checked.success) return { ok: false, fault: "malformed" };
    const context = { ...this.#resources, now: this.#resources.clock.now() };
    // The gate and the schema above are what these two types say.
    return this.attempt(name, () => this.#handlers[name](context, caller as CallerOf<N>, checked.output as InputOf<N>));
  }

  /** Runs work that must not fail, and logs it when it does. */
  async attempt<T>(what: string, work: () => Promise<T>): Promise<T | Internal> {
    try {
      return await work();
    } catch (error) {
      const requestId = randomUUID();
      this.#resources.log.error("failed", { requestId, what, error: describeError(error) });
      return { ok: false, fault: "internal", requestId };
    }
  }
}
