import { endsLocalLogin } from "@latchkey/protocol";
import type { Login } from "./current-login.ts";
import { CurrentLogin } from "./current-login.ts";
import type { TokenStorage } from "./token-storage.ts";
import { localTokens } from "./token-storage.ts";
import type { UserRequest } from "./user-request.ts";
import { send } from "./user-request.ts";
import { UserServiceFault } from "./user-service-fault.ts";

/** Which application's users, how long calls wait, and where a login is kept. */
export interface UserServiceOptions {
  /** The server's address, with http or https, up to the application's id. */
  readonly url: string;
  readonly applicationId: string;
  readonly apiKey: string;
  /** How long a call waits for its answer; ten seconds unless given. */
  readonly timeoutMs?: number;
  /** Keeps the login for the next start of the program; unless given it ends with this one. */
  readonly tokenStorage?: "localStorage" | TokenStorage;
}

/** A request to the application that a line leads to. */
export type LineRequest = Omit<UserRequest, "baseUrl">;

/** Takes what a call has come to from its answer; throws a fault for an answer that has it not. */
export type Read<R> = (answer: unknown) => R;

/** What a user service and all its views share: the application's address and who is logged in. */
export class UserLine {
  readonly url: string;
  readonly login: CurrentLogin;
  readonly #baseUrl: string;

  constructor({ url, applicationId, apiKey, tokenStorage }: UserServiceOptions) {
    const { origin, pathname, protocol } = new URL(url);
    if (!/^https?:$/.test(protocol)) {
      throw new TypeError(`the server's address must begin with http or https, not ${protocol}`);
    }
    this.url = url;
    this.#baseUrl = [origin + pathname.replace(/\/+$/, ""), ...[applicationId, apiKey].map(encodeURIComponent)].join(
      "/",
    );
    this.login = new CurrentLogin(tokenStorage === "localStorage" ? localTokens(applicationId) : tokenStorage);
  }

  async ask<R>(request: LineRequest, read: Read<R>): Promise<R> {
    return read(await send({ ...request, baseUrl: this.#baseUrl }));
  }

  /** Asks as the one who is logged in; when that session has ended, nobody is any more. */
  async askAs<R>(login: Login | null, request: LineRequest, read: Read<R>): Promise<R> {
    try {
      return await this.ask({ ...request, token: login?.token }, read);
    } catch (error) {
      if (login && isEnd(error)) await this.login.forget(login);
      throw error;
    }
  }
}

/** Whether a call has failed because the session of its token has ended. */
export function isEnd(error: unknown): boolean {
  return error instanceof UserServiceFault && endsLocalLogin(error.code);
}
