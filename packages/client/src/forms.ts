import type { CallName, Calls, Done, Settled } from "./calls.ts";
import { callNames } from "./calls.ts";
import { transportErrorFrom } from "./errors.ts";
import type { AsyncCallback, UserCallName, UserCalls } from "./user-calls.ts";
import { userCallNames } from "./user-calls.ts";
import { faultFrom } from "./user-service-fault.ts";

/** The trailing-callback form of every call. `undefined`, not `void`: a promise would pass for `void`. */
export type CallbackCalls = {
  readonly [M in CallName]: (...args: [...Parameters<Calls[M]>, Done<Awaited<ReturnType<Calls[M]>>>]) => undefined;
};

/** The same for the user service, whose callbacks are objects with a method for each outcome. */
export type AsyncCallbackCalls = {
  readonly [M in UserCallName]: (
    ...args: [...Parameters<UserCalls[M]>, AsyncCallback<Awaited<ReturnType<UserCalls[M]>>>]
  ) => undefined;
};

type Outcome<R, E> = [error: null, result: R] | [error: E, result: undefined];

/** The outcome of a call as a tuple; never rejects. */
export async function settle<R, E>(call: Promise<R>, errorFrom: (error: unknown) => E): Promise<Outcome<R, E>> {
  try {
    return [null, await call];
  } catch (error) {
    return [errorFrom(error), undefined];
  }
}

/**
 * What a method with a callback form returns: the promise itself, or nothing when there is a callback to tell.
 * Either way the promise counts as looked at. A callback that throws is an uncaught exception, as in an event listener.
 */
export function deliver<R>(call: Promise<R>, done: Done<R> | undefined): Promise<R> | undefined {
  const settled = settle(call, transportErrorFrom);
  if (!done) return call;
  void settled.then((outcome) => queueMicrotask(() => done(...(outcome as Settled<R>))));
  return undefined;
}

/** The same for the user service, whose promises reject with nothing but faults. */
export function respond<R>(call: Promise<R>, callback: AsyncCallback<R> | undefined): Promise<R> | undefined {
  const settled = settle(call, faultFrom);
  if (!callback) {
    const answered = settled.then(([fault, response]) => (fault ? Promise.reject(fault) : response));
    void settle(answered, faultFrom);
    return answered;
  }
  void settled.then(([fault, response]) =>
    queueMicrotask(() => (fault ? callback.handleFault(fault) : callback.handleResponse(response))),
  );
  return undefined;
}

/** The form that resolves with `[error, result]`. */
export function tryForm(calls: Calls): Calls<"try"> {
  return formOf(callNames, (name, args) => settle(callByName(calls, name, args), transportErrorFrom)) as Calls<"try">;
}

/** Runs a call in another thread and waits for it. */
export type Run<N extends string> = (name: N, args: readonly unknown[]) => unknown;

/** The blocking form. */
export function syncForm(run: Run<CallName>): Calls<"sync"> {
  return formOf(callNames, run) as Calls<"sync">;
}

/** The blocking form of the user service. */
export function userSyncForm(run: Run<UserCallName>): UserCalls<"sync"> {
  return formOf(userCallNames, run) as UserCalls<"sync">;
}

/** Makes a call whose name and arguments are data. */
export async function callByName<C extends object>(
  calls: C,
  name: keyof C,
  args: readonly unknown[],
): Promise<unknown> {
  return (calls[name] as (...args: readonly unknown[]) => Promise<unknown>).apply(calls, [...args]);
}

function formOf<N extends string>(names: readonly N[], run: Run<N>): unknown {
  return Object.fromEntries(names.map((name) => [name, (...args: unknown[]) => run(name, args)]));
}
