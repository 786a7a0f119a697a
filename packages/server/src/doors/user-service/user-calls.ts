import type { Call, CallName, Fault, OutputOf } from "@latchkey/protocol";
import { calls, definitionOf, faultOf, faults, isObjectId } from "@latchkey/protocol";
import { type Caller, meets } from "#caller.ts";
import type { Resources } from "#context.ts";
import type { Gate } from "#gate.ts";
import { applicationOfHost, applicationOfKey, type IdentifiedApplication, withUser } from "#presence.ts";
import type { KeyedAddress } from "./address.ts";
import { type SaidFault, say } from "./say.ts";

/** One call, whichever form it came in. */
export interface AskedCall<C extends CallName> {
  readonly name: C;
  readonly application: IdentifiedApplication;
  /** Of the client. */
  readonly address: string;
  /** The page that a browser says it asks from. */
  readonly origin?: string | undefined;
  /** Empty: none. */
  readonly token: string;
  /** What the operation is given, or why it cannot be; looked at after the token (US-ERR-7). */
  readonly input: () => { readonly given: object } | { readonly fault: Fault };
}

export type Answered<C extends CallName> =
  /** Without an output: there was nothing to do. */
  { readonly output: CallOutput<C> | undefined } | SaidFault;
export type CallOutput<C extends CallName> = OutputOf<(typeof calls)[C]["operation"]>;

/** What the forms of this door have in common: the application, the user, the operation, and how a no is said. */
export class UserCalls {
  readonly #resources: Resources;
  readonly #gate: Gate;

  constructor(resources: Resources, gate: Gate) {
    this.#resources = resources;
    this.#gate = gate;
  }

  /** Runs a form's whole work on a call; when that fails, it is said as the call says it, once that is known (US-ERR-3). */
  async attempt<T extends object>(name: CallName | undefined, work: () => Promise<T>): Promise<T | SaidFault> {
    const done = await this.#gate.attempt(name ?? "a request", work);
    const failure = name === undefined ? faults.internalError : calls[name].failure;
    return "requestId" in done ? say(failure, { requestId: done.requestId }) : done;
  }

  /** The application that a call is addressed to: by id and key, or by its host. */
  async identify(
    name: CallName,
    keyed: KeyedAddress | undefined,
    host: string | undefined,
  ): Promise<IdentifiedApplication | SaidFault> {
    const application = keyed
      ? await applicationOfKey(this.#resources, keyed.applicationId, keyed.apiKey)
      : await applicationOfHost(this.#resources, (host ?? "").replace(/:\d+$/, "").toLowerCase());
    if (application) return application;
    const isMalformed = name === "logout" && keyed && !isObjectId(keyed.applicationId);
    return say(isMalformed ? faults.applicationIdInvalid : faults.appOrKeyUnknown);
  }

  /** Part of a form's work: what breaks is thrown. */
  async answer<C extends CallName>(asked: AskedCall<C>): Promise<Answered<C>> {
    const { name, application, address, origin, token, input } = asked;
    const call: Call = calls[name];
    const { applicationId, keyKind } = application;
    const caller = { door: "user-service", address, applicationId, keyKind, ...(origin && { origin }) } as const;
    const asking = await this.#withUser(caller, call, token);
    if ("refused" in asking) return say(faultOf[asking.refused], undefined, token);
    // Clients log out before they log in: without a user there is nothing to end (US-LOGOUT-2).
    if (call.token === "logout" && !asking.caller.session) return { output: undefined };
    const read = input();
    if (!("fault" in read)) return this.#run(name, asking.caller, read.given, token);
    // Which key it takes is looked at before what it was given (US-ERR-7).
    const isBarred = meets("init", asking.caller) && !meets(definitionOf(call.operation).gate, asking.caller);
    return isBarred ? this.#run(name, asking.caller, {}, token) : say(read.fault);
  }

  async #withUser(caller: Parameters<typeof withUser>[1], call: Call, token: string) {
    if (call.token === "ignored" || token === "") return { caller };
    return withUser(this.#resources, caller, token, call.token);
  }

  async #run<C extends CallName>(name: C, caller: Caller, given: object, token: string): Promise<Answered<C>> {
    const call: Call = calls[name];
    const outcome = await this.#gate.callUncaught(calls[name].operation, caller, given);
    if (outcome.ok) return { output: outcome.output };
    if ("fault" in outcome) return say(faults.malformedRequest);
    const fault = call.says?.[outcome.refusal] ?? faultOf[outcome.refusal];
    const { about = token, provider, retryAfter }: Details = outcome.output ?? {};
    if (provider !== undefined) return say(fault, { provider });
    // A lock does not say how long it lasts: `errorData` is empty unless a rule fills it (US-ERR-1, US-SEC-5).
    if (fault !== faults.rateLimited || retryAfter === undefined) return say(fault, undefined, about);
    return { ...say(fault, { retryAfter }), retryAfter };
  }
}

/** What the outputs of refusals may have to say. */
interface Details {
  /** What the message names. */
  readonly about?: string;
  readonly provider?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly [other: string]: unknown;
}
