import type { CallName } from "@latchkey/protocol";
import type { IdentifiedApplication } from "#presence.ts";
import { results } from "../results.ts";
import type { SaidFault } from "../say.ts";
import type { AskedCall, CallOutput, UserCalls } from "../user-calls.ts";
import { loginRow, userRow, userRowOf } from "../user-row.ts";
import { amfProperty } from "./amf-property.ts";
import { amfUser } from "./amf-user.ts";
import {
  anything,
  type Arguments,
  map,
  named,
  optional,
  type Reader,
  readRoleQuery,
  readUpdate,
  text,
} from "./arguments.ts";
import type { AmfRequest } from "./message.ts";
import type { AmfObject, ReadValue } from "./values.ts";

const userService = "com.backendless.services.users.UserService";

/** What a message asks for: which call it is, and how that is made and answered here. */
export interface AmfOperation {
  readonly call: CallName;
  answer(calls: UserCalls, asked: Asked): Promise<{ readonly body: unknown } | SaidFault>;
}

type Asked = Omit<AskedCall<CallName>, "name" | "input"> & { readonly values: readonly ReadValue[] };

const none: Arguments = {};
const ofNewAccount = { fieldsMapping: optional(map), guestUser: optional(map) };
const login = operation("login", { login: optional(anything), password: optional(text) }, signedIn);
const loginById = operation("login", { objectId: text }, signedIn);
const ownRoles = operation("getUserRoles", none);
const rolesOfAccount = operation("getAccountRoles", { accountId: text });

/** User service §9.2. What a result looks like is only said where it does not look as in JSON. */
const operations: Readonly<Record<string, AmfOperation | ((values: readonly ReadValue[]) => AmfOperation)>> = {
  register: operation("register", { properties: map }, user),
  login: (values) => (values.length < 2 ? loginById : login),
  loginAsGuest: operation("loginAsGuest", none, signedIn),
  logout: operation("logout", none),
  isValidUserToken: operation("isValidUserToken", { token: text }),
  update: operation("update", readUpdate, user),
  findById: operation("findById", { accountId: text }, user),
  getUserRoles: ([accountId = null]) => (accountId === null ? ownRoles : rolesOfAccount),
  describeUserClass: operation("describeUserClass", none, ({ columns }) => columns.map(amfProperty)),
  verifyPassword: operation("verifyPassword", { password: optional(text) }),
  assignRole: operation("assignRole", { user: text, roleName: text }),
  unassignRole: operation("unassignRole", { user: text, roleName: text }),
  findByRole: operation("findByRole", readRoleQuery, ({ users, props, excludeProps }) =>
    users.map(({ account, roles }) =>
      amfUser(account, { ...userRowOf(account, props, excludeProps), ...(roles && { roles }) }),
    ),
  ),
  changeUserStatus: operation("setUserStatus", { accountId: text, userStatus: text }),
  restorePassword: operation("restorePassword", { identity: text }),
  resendEmailConfirmation: operation("resendConfirmation", { identity: text }, () => null),
  createEmailConfirmationURL: operation(
    "createConfirmationUrl",
    { identity: text },
    ({ confirmationUrl }) => confirmationUrl,
  ),
  getAuthorizationUrlLink: operation("requestSignInUrl", {
    provider: text,
    // The SDK sends null, and the kind of device, which changes nothing.
    unused: optional(anything),
    deviceType: optional(anything),
    fieldsMapping: optional(map),
  }),
  loginWithOAuth2: operation("socialLogin", { provider: text, accessToken: text, ...ofNewAccount }, signedIn),
  loginWithTwitter: operation("socialLogin", atTwitter, signedIn),
};

/** The operation that a message asks for; `undefined`: there is no such service, or it has no such operation (US-AMF-7). */
export function operationOf({ source, operation: name, values }: AmfRequest): AmfOperation | undefined {
  if (source !== userService || typeof name !== "string" || !Object.hasOwn(operations, name)) return undefined;
  const found = operations[name];
  return typeof found === "function" ? found(values) : found;
}

function operation<const C extends CallName>(
  call: C,
  wanted: Arguments | Reader,
  look: (output: CallOutput<C>, application: IdentifiedApplication) => unknown = results[call],
): AmfOperation {
  const read = typeof wanted === "function" ? wanted : named(wanted);
  return {
    call,
    answer: async (calls, { values, ...asked }) => {
      const answer = await calls.answer({ ...asked, name: call, input: () => read(values) });
      if ("said" in answer) return answer;
      return { body: answer.output === undefined ? null : look(answer.output, asked.application) };
    },
  };
}

/** No argument names this provider; the operation does. */
function atTwitter(values: readonly ReadValue[]): ReturnType<Reader> {
  const read = named({ accessToken: text, accessTokenSecret: text, ...ofNewAccount })(values);
  return "fault" in read ? read : { given: { ...read.given, provider: "twitter" } };
}

function user({ account }: CallOutput<"findById">): AmfObject {
  return amfUser(account, userRow(account));
}

function signedIn({ account, token }: CallOutput<"login" | "socialLogin">): AmfObject {
  return amfUser(account, loginRow(account, token));
}
