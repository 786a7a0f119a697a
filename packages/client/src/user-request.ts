import type { CallName } from "@latchkey/protocol";
import { callRoutes } from "@latchkey/protocol";
import { isObject } from "./frames.ts";
import { LocalFaultCode, UserServiceFault } from "./user-service-fault.ts";

export interface UserRequest {
  /** The address of the application's user service, without a slash at its end. */
  readonly baseUrl: string;
  readonly call: CallName;
  /** Values for the `{names}` in the call's path. */
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly token?: string | undefined;
  readonly timeoutMs: number;
}

/** Makes one call of the user service and resolves with its JSON answer; rejects with a `UserServiceFault`. */
export async function send(request: UserRequest): Promise<unknown> {
  const { status, text } = await exchange(request);
  const answer = parse(text);
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && answer) return answer.json;
  if (!isSuccess && isObject(answer?.json)) {
    const { code, message } = answer.json;
    if (typeof code === "number" && typeof message === "string") throw new UserServiceFault(code, message);
  }
  const message = `HTTP ${status} with a body that is not the user service's: is ${request.baseUrl} the right address?`;
  throw new UserServiceFault(LocalFaultCode.answerNotUnderstood, message);
}

async function exchange({ baseUrl, call, path, body, token, timeoutMs }: UserRequest) {
  const { methods, path: template } = callRoutes[call];
  try {
    const response = await fetch(baseUrl + filled(template, path), {
      method: methods[0],
      headers: { ...(body && { "content-type": "application/json" }), ...(token && { "user-token": token }) },
      signal: AbortSignal.timeout(timeoutMs),
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    const message = `no answer from ${baseUrl}: ${String(cause)}`;
    throw new UserServiceFault(LocalFaultCode.noAnswer, message, { cause });
  }
}

function filled(template: string, values: UserRequest["path"] = {}): string {
  return template.replace(/\{(\w+)\*?\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}

function parse(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
