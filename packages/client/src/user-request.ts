import type { CallName } from "@latchkey/protocol";
import { callRoutes } from "@latchkey/protocol";
import { isObject } from "./frames.ts";
import type { Terms } from "./pending-calls.ts";
import { LocalFaultCode, UserServiceFault } from "./user-service-fault.ts";

export interface UserRequest {
  /** The address of the application's user service, without a slash at its end. */
  readonly baseUrl: string;
  readonly call: CallName;
  /** Values for the `{names}` in the call's path, in their order. */
  readonly path?: readonly string[];
  /** Without its `?`. */
  readonly query?: string;
  readonly body?: object;
  readonly token?: string | undefined;
  readonly terms: Terms;
}

/** Makes one call of the user service and resolves with its JSON answer; rejects with a `UserServiceFault`. */
export async function send(request: UserRequest): Promise<unknown> {
  const { status, text } = await exchange(request);
  const answer = parse(text);
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && answer) return answer.json;
  if (!isSuccess && isObject(answer?.json)) {
    const { code, message, errorData } = answer.json;
    if (typeof code === "number" && typeof message === "string") {
      throw new UserServiceFault(code, message, isObject(errorData) ? { errorData } : {});
    }
  }
  const message = `HTTP ${status} with a body that is not the user service's: is ${request.baseUrl} the right address?`;
  throw new UserServiceFault(LocalFaultCode.answerNotUnderstood, message);
}

async function exchange({ baseUrl, call, path = [], query = "", body, token, terms }: UserRequest) {
  const { timeoutMs, signal } = terms;
  const { methods, path: template } = callRoutes[call];
  const timeout = AbortSignal.timeout(timeoutMs);
  const url = baseUrl + filled(template, path) + (query && `?${query}`);
  const request = {
    method: methods[0],
    headers: new Headers({
      ...(body && { "content-type": "application/json" }),
      ...(token && { "user-token": token }),
    }),
    signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    ...(body && { body: JSON.stringify(body) }),
  };
  try {
    const response = await fetch(url, request);
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    const [code, problem] = signal?.aborted
      ? [LocalFaultCode.aborted, "its signal ended this call; the server may still carry it out"]
      : [LocalFaultCode.noAnswer, `no answer from ${baseUrl}: ${String(cause)}`];
    throw new UserServiceFault(code, problem, { cause });
  }
}

/** Throws for a value that no path can hold: it would name another call. */
function filled(template: string, values: readonly string[]): string {
  let next = 0;
  return template.replace(/\{\w+\*?\}/g, () => {
    const value = String(values[next++]);
    if (/^\.{0,2}$/.test(value)) throw new TypeError(`"${value}" names nothing`);
    return encodeURIComponent(value);
  });
}

function parse(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
