import { randomBytes } from "node:crypto";
import type { Clock, Timer } from "#clock.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { currentRequest } from "./request-context.ts";

const sendEveryMs = 5_000;
const sendWithinMs = 10_000;
const spansAtATime = 512;
/** What comes while so many wait is dropped: whoever takes them is too slow, or gone. */
const spansAtMost = 4_096;

interface TracedOperation {
  readonly operation: string;
  readonly door: string;
  readonly outcome: string;
  readonly requestId: string;
  readonly ms: number;
  readonly endedAt: number;
}

/** Hands a span for each operation to an OTLP receiver, as JSON over HTTP; ADR 26 says why without a library. */
export class Traces implements AsyncDisposable {
  readonly #url: string;
  readonly #version: string;
  readonly #log: Log;
  readonly #dropped: { value: number };
  readonly #timer: Timer;
  readonly #waiting: object[] = [];
  #sending: Promise<void> = Promise.resolve();

  constructor(endpoint: string, version: string, clock: Clock, log: Log, metrics: Metrics) {
    this.#url = `${endpoint}/v1/traces`;
    this.#version = version;
    this.#log = log;
    this.#dropped = metrics.cell("latchkey_spans_dropped_total");
    this.#timer = clock.every(sendEveryMs, () => this.#send());
  }

  operation({ operation, door, outcome, requestId, ms, endedAt }: TracedOperation): void {
    if (this.#waiting.length >= spansAtMost) {
      this.#dropped.value++;
      return;
    }
    const parent = readTraceparent(currentRequest()?.traceparent);
    this.#waiting.push({
      traceId: parent?.traceId ?? randomBytes(16).toString("hex"),
      spanId: randomBytes(8).toString("hex"),
      ...(parent && { parentSpanId: parent.spanId }),
      name: operation,
      kind: serverKind,
      startTimeUnixNano: nanoseconds(endedAt - ms),
      endTimeUnixNano: nanoseconds(endedAt),
      attributes: attributes({
        "latchkey.door": door,
        "latchkey.operation": operation,
        "latchkey.outcome": outcome,
        "latchkey.request_id": requestId,
      }),
      status: outcome === "internal" ? { code: errorStatus } : {},
    });
    if (this.#waiting.length === spansAtATime) this.#send();
  }

  #send(): void {
    this.#sending = this.#sending.then(() => this.#sendAll());
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const spans = this.#waiting.splice(0, spansAtATime);
      const problem = await this.#post(spans);
      if (problem === undefined) continue;
      this.#dropped.value += spans.length;
      this.#log.error("traces not handed over", { spans: spans.length, problem });
      return;
    }
  }

  /** Answers what went wrong, if anything did. */
  async #post(spans: readonly object[]): Promise<string | undefined> {
    const resource = { attributes: attributes({ "service.name": "latchkey", "service.version": this.#version }) };
    const body = { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "latchkey" }, spans }] }] };
    try {
      const { ok, status } = await fetch(this.#url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        redirect: "error",
        signal: AbortSignal.timeout(sendWithinMs),
      });
      return ok ? undefined : `HTTP ${status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    this.#send();
    await this.#sending;
  }
}

/** OTLP's numbers. */
const serverKind = 2;
const errorStatus = 2;

/**
 * Where a trace goes on, as W3C's Trace Context has it; whatever else a later version adds is ignored. Its `sampled` flag
 * is not asked: whoever calls does not decide what the operator gets to see.
 */
function readTraceparent(text = ""): { readonly traceId: string; readonly spanId: string } | undefined {
  const [, version, traceId = "", spanId = "", rest] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/.exec(text) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && rest !== undefined)) return undefined;
  return /^0+$/.test(traceId) || /^0+$/.test(spanId) ? undefined : { traceId, spanId };
}

function attributes(values: Readonly<Record<string, string>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: { stringValue: value } }));
}

/** As text: they are more than a number can hold. */
function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n);
}
