import { UserService, UserServiceFault } from "@latchkey/client";
import { SyncUserService } from "@latchkey/client/sync";
import { faults } from "@latchkey/protocol";
import type { Product } from "./products.ts";
import type { Stage } from "./stage.ts";

const email = "alice@wonderland.example";
const password = "wonderland";
const unknownKey = "00000000-0000-0000-0000-000000000000";

/** `UserService.logout`: as a promise, with a callback and blocking; a token that is over; the errors of its page. */
export async function showUserServiceLogout(stage: Stage, { url, id: applicationId, apiKeys }: Product): Promise<void> {
  const apiKey = apiKeys.JS ?? "";
  const options = { url, applicationId, apiKey };
  const users = new UserService(options);
  stage.page("UserService.logout");
  await stage.step("register({ email, password })", "ok", () => users.register({ email, password }));
  await stage.step("login(email, password)", "ok", () => users.login(email, password));
  await stage.step("logout()", "ok", () => users.logout());
  await stage.step("logout() with nobody logged in", "ok", () => users.logout());

  await users.login(email, password);
  await stage.step("logout({ handleResponse, handleFault })", "ok", () => byCallback(users));

  using blocking = new SyncUserService(options);
  blocking.login(email, password);
  await stage.step("SyncUserService: logout(), blocking", "ok", () => blocking.logout());

  const base = `${url}/${applicationId}/${apiKey}`;
  const token = await loginByRest(base);
  await stage.step("login → logout, by plain HTTP", "ok", () => logoutByRest(base, token));
  await stage.step("login → logout → logout again", faults.sessionUnknown.code, () => logoutByRest(base, token));

  await users.login(email, password);
  // Both carry the same token, and only one of them can be the one that ends its session.
  const both = await Promise.allSettled([users.logout(), users.logout()]);
  const [won, lost] = both[0].status === "fulfilled" ? both : both.toReversed();
  await stage.step("login → two logout() at once: the one", "ok", () => outcome(won));
  await stage.step("login → two logout() at once: the other", faults.sessionUnknown.code, () => outcome(lost));

  const withUnknownKey = new UserService({ ...options, apiKey: unknownKey });
  await stage.step("logout() with an unknown key", faults.appOrKeyUnknown.code, () => withUnknownKey.logout());
  const withBadId = new UserService({ ...options, applicationId: "no-id" });
  await stage.step("logout() with a malformed id", faults.applicationIdInvalid.code, () => withBadId.logout());
}

function byCallback(users: UserService): Promise<undefined> {
  return new Promise((handleResponse, handleFault) => {
    users.logout({ handleResponse, handleFault });
  });
}

function outcome(settled: PromiseSettledResult<undefined> | undefined): undefined {
  if (settled?.status === "rejected") throw settled.reason;
}

async function loginByRest(base: string): Promise<string> {
  const response = await fetch(`${base}/users/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ login: email, password }),
  });
  return String(fieldsOf(await response.json())["user-token"]);
}

async function logoutByRest(base: string, token: string): Promise<void> {
  const response = await fetch(`${base}/users/logout`, { headers: { "user-token": token } });
  if (response.ok) return;
  const { code, message } = fieldsOf(await response.json());
  throw new UserServiceFault(Number(code), String(message));
}

function fieldsOf(answer: unknown): Readonly<Record<string, unknown>> {
  return typeof answer === "object" && answer !== null ? { ...answer } : {};
}
