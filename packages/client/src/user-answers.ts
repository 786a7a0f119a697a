import { isObject } from "./frames.ts";
import type { Login } from "./current-login.ts";
import type { User, UserProperty } from "./user-calls.ts";
import { LocalFaultCode, UserServiceFault } from "./user-service-fault.ts";

// What the answers of the user service are read as. Not being that is a fault too.

export function userIn(answer: unknown): User {
  if (!isObject(answer) || typeof answer["objectId"] !== "string") throw notUnderstood("a user");
  return { ...answer, objectId: answer["objectId"] };
}

export function usersIn(answer: unknown): User[] {
  return listIn(answer, userIn);
}

/** The token is not among the user's properties. */
export function loginIn(answer: unknown): Login & { readonly user: User } {
  const { "user-token": token, ...user } = userIn(answer);
  return { objectId: user.objectId, token: textIn(token), user };
}

export function propertiesIn(answer: unknown): UserProperty[] {
  return listIn(answer, (item) => {
    const details = isObject(item) ? item : {};
    return { ...details, name: textIn(details["name"]) };
  });
}

export function textsIn(answer: unknown): string[] {
  return listIn(answer, textIn);
}

export function textIn(answer: unknown): string {
  if (typeof answer !== "string") throw notUnderstood("a text");
  return answer;
}

export function confirmationUrlIn(answer: unknown): string {
  return textIn(isObject(answer) && answer["confirmationURL"]);
}

export function isTrue(answer: unknown): boolean {
  return answer === true;
}

/** Of a call that has no result. */
export function nothing(): undefined {
  return undefined;
}

function listIn<R>(answer: unknown, read: (item: unknown) => R): R[] {
  if (!Array.isArray(answer)) throw notUnderstood("a list");
  return answer.map(read);
}

function notUnderstood(missing: string): UserServiceFault {
  return new UserServiceFault(LocalFaultCode.answerNotUnderstood, `the answer is not ${missing}`);
}
