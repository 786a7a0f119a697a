import { randomUUID } from "node:crypto";
import type { Answer, InputOf, OperationName, OutputOf, Refusal, RefusalOf } from "@latchkey/protocol";
import { definitionOf, type Gate as Required } from "@latchkey/protocol";
import * as v from "valibot";
import { actorOf, type Caller, type CallerOf, meets, sees } from "./caller.ts";
import type { Context, Resources } from "./context.ts";
import { sha256 } from "#crypto/tokens.ts";
import type { NamedRequest } from "#domain/named-request.ts";
import { describeError } from "#report/log.ts";
import type { RunningOperation } from "#report/operation-report.ts";
import { currentRequest } from "#report/request-context.ts";
import { answerGiven } from "#steps/once.ts";
import { runOnce } from "#steps/run-once.ts";
import { isStillAuthorized } from "#steps/still-authorized.ts";

type Handler<N extends OperationName> = (
  context: Context,
  caller: CallerOf<N>,
  input: InputOf<N>,
) => Promise<Answer<N>>;
export type Handlers = { readonly [N in OperationName]: Handler<N> };

/** What an operation comes to: an answer, or why it never ran. */
export type Judgment<N extends OperationName = OperationName> = Answer<N, RefusalOf<N>> | NeverRun | Malformed;

interface NeverRun {
  readonly ok: false;
  /**
   * `gone`: its connection has lost its session, and closes; `unauthenticated` and `forbidden`: at the management door,
   * nobody has signed in, or one who may not do this.
   */
  readonly fault:
    | "uninitialized"
    | "gone"
    | "unauthenticated"
    | "forbidden"
    /** Of a request that is to be done once: another had its key, or it was done, but its answer is not known (yet). */
    | "idempotencyKeyReused"
    | "answerUnknown";
}

/** The input is not of the operation's shape. */
interface Malformed {
  readonly ok: false;
  readonly fault: "malformed";
  /** Fields as `settings.guestRetentionDays`, and what is wrong with them. */
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

/** What a door gets back: that, or that it failed. */
export type Outcome<N extends OperationName = OperationName> = Judgment<N> | Internal;

/** It failed, and the log has it under this id; nobody is told more. */
export interface Internal {
  readonly ok: false;
  readonly fault: "internal";
  readonly requestId: string;
}

/**
 * The checks before every operation, in this order, and the one catch around it. The rate comes before all of them, at
 * the live connection: ping frames and upgrades count too and come to no operation. The packet that crosses it still
 * runs, then the door closes (LP-RATE-1).
 */
export class Gate {
  readonly #resources: Resources;
  readonly #handlers: Handlers;

  constructor(resources: Resources, handlers: Handlers) {
    this.#resources = resources;
    this.#handlers = handlers;
  }

  call<N extends OperationName>(name: N, caller: Caller, input: unknown): Promise<Outcome<N>> {
    const running = this.#resources.report.begin(name, caller);
    return this.attempt(name, () => this.#reported(running, name, caller, input), running);
  }

  /** The same for who is told what has broken, or tells it in a way of its own. */
  callUncaught<N extends OperationName>(name: N, caller: Caller, input: unknown): Promise<Judgment<N>> {
    return this.#reported(this.#resources.report.begin(name, caller), name, caller, input);
  }

  async #reported<N extends OperationName>(
    running: RunningOperation,
    name: N,
    caller: Caller,
    input: unknown,
  ): Promise<Judgment<N>> {
    try {
      const outcome = await this.#judge(name, caller, input);
      running.ended(nameOf(outcome), caller.applicationId ?? (outcome.ok ? applicationIdIn(input) : undefined));
      return outcome;
    } catch (error) {
      running.ended("internal", caller.applicationId);
      throw error;
    }
  }

  async #judge<N extends OperationName>(name: N, caller: Caller, input: unknown): Promise<Judgment<N>> {
    const { clock, roster } = this.#resources;
    const context: Context = {
      ...this.#resources,
      now: clock.now(),
      changesApplied: roster.changesApplied,
      actor: actorOf(caller),
      operation: name,
      ...(caller.expects !== undefined && { expects: caller.expects }),
    };
    const request = requestOf(name, caller, input);
    if (request) return this.#runOnce(name, context, caller, input, request);
    const outcome = await this.#settle(name, context, caller, input);
    if (outcome.ok || "fault" in outcome || !definitionOf(name).once) return outcome;
    return (await this.#asBefore(name, context, caller, outcome.refusal)) ?? outcome;
  }

  async #runOnce<N extends OperationName>(
    name: N,
    context: Context,
    caller: Caller,
    input: unknown,
    request: NamedRequest,
  ): Promise<Judgment<N>> {
    const outcome = await runOnce(context, request, (inRun) => this.#settle(name, inRun, caller, input));
    // What was kept is what this operation answered.
    return outcome as Judgment<N>;
  }

  /**
   * Runs it, and runs it again without the authorization that it relied on if that has ended meanwhile, here or on another
   * node: no answer overtakes the one that told of the end (LP-OUT-7, LP-EVT-1, US-LOGOUT-26).
   */
  async #settle<N extends OperationName>(
    name: N,
    context: Context,
    caller: Caller,
    input: unknown,
  ): Promise<Judgment<N>> {
    const outcome = await this.#run(name, context, caller, input);
    if (!dependsOnAuthorization(name, outcome)) return outcome;
    if (await isStillAuthorized(context, caller)) return outcome;
    const { authorization: _, ...unauthorized } = caller;
    return this.#run(name, context, unauthorized, input);
  }

  async #run<N extends OperationName>(name: N, context: Context, caller: Caller, input: unknown): Promise<Judgment<N>> {
    const { gate, spans, input: schema } = definitionOf(name);
    if (!meets(gate, caller)) {
      if (caller.door === "management") return { ok: false, fault: caller.operator ? "forbidden" : "unauthenticated" };
      const refusal = meets("init", caller) ? refusalAt(gate) : undefined;
      return refusal ? { ok: false, refusal } : { ok: false, fault: "uninitialized" };
    }
    const checked = v.safeParse(schema, input);
    if (!checked.success) return { ok: false, fault: "malformed", errors: checked.issues.map(errorOf) };
    if (!spans && !sees(caller, applicationIdIn(input))) return { ok: false, fault: "forbidden" };
    // The gate and the schema above are what these two types say.
    return this.#handlers[name](context, caller as CallerOf<N>, checked.output as InputOf<N>) as Promise<
      Answer<N, RefusalOf<N>>
    >;
  }

  /** A request that was answered before is answered the same again, whatever it would come to now (LP-RES-2). */
  async #asBefore<N extends OperationName>(
    name: N,
    context: Context,
    { request, session }: Caller,
    refusal: Refusal,
  ): Promise<Judgment<N> | undefined> {
    if (refusal === "sessionGone") return { ok: false, fault: "gone" };
    const isRepeated = refusal === "alreadyAnswered";
    if (!request || !session || !(isRepeated || request.mayRepeat)) return undefined;
    const output = await answerGiven(context, session, request);
    if (output !== undefined) return { ok: true, output: output as OutputOf<N> };
    if (isRepeated) throw new Error(`${name} was answered before, but its answer is gone`);
    return undefined;
  }

  /** Runs work that must not fail, and logs it when it does. */
  async attempt<T>(
    what: string,
    work: () => Promise<T>,
    known?: { readonly requestId: string },
  ): Promise<T | Internal> {
    try {
      return await work();
    } catch (error) {
      const requestId = known?.requestId ?? currentRequest()?.id ?? randomUUID();
      this.#resources.log.error("failed", { requestId, what, error: describeError(error) });
      return { ok: false, fault: "internal", requestId };
    }
  }
}

/** Whether it would have come to something else without the authorization; what writes names that by itself. */
function dependsOnAuthorization(name: OperationName, outcome: Judgment): boolean {
  if (!outcome.ok) return "refusal" in outcome && outcome.refusal === "alreadyAuthorized";
  const { refuses, once } = definitionOf(name);
  return !once && refuses.includes("notAuthorized");
}

/** A request at the management door that its caller has given a key; nobody shares keys with others. */
function requestOf(name: OperationName, caller: Caller, input: unknown) {
  const { operator, idempotencyKey: key } = caller;
  // Who may not do it any more is not answered as before.
  if (!operator || key === undefined || !meets(definitionOf(name).gate, caller)) return undefined;
  return { caller: `${operator.kind}:${operator.id}`, key, fingerprint: sha256(JSON.stringify([name, input])) };
}

/** What a caller is told who has an application, and no more of what the gate asks for. */
function refusalAt(gate: Required) {
  if (gate === "server") return "serverKeyRequired";
  return gate === "auth" || gate === "license" || gate === "account" ? "notAuthorized" : undefined;
}

/** What an outcome is called in reports. */
function nameOf(outcome: Judgment): string {
  return outcome.ok ? "ok" : "fault" in outcome ? outcome.fault : outcome.refusal;
}

function applicationIdIn(input: unknown): string | undefined {
  const isNamed = typeof input === "object" && input !== null && "applicationId" in input;
  return isNamed && typeof input.applicationId === "string" ? input.applicationId : undefined;
}

function errorOf(issue: v.BaseIssue<unknown>) {
  return { field: v.getDotPath(issue) ?? "", message: issue.message };
}
