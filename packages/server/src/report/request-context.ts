import { AsyncLocalStorage } from "node:async_hooks";

/** The HTTP request that is being answered. Nothing is ever decided by it: it is for reports. */
export interface RequestContext {
  readonly id: string;
  /** As the client sent it: where its own trace goes on. */
  readonly traceparent: string | undefined;
}

/** By which answers tell it. */
export const requestIdHeader = "X-Request-Id";

// Ambient on purpose: it concerns no rule, and every door, step and statement would have to pass it on otherwise.
const requests = new AsyncLocalStorage<RequestContext>();

export function inRequest(request: RequestContext, run: () => void): void {
  requests.run(request, run);
}

/** Of the request that is being answered; empty: there is none. */
export function currentRequestId(): string {
  return requests.getStore()?.id ?? "";
}

export function currentRequest(): RequestContext | undefined {
  return requests.getStore();
}
