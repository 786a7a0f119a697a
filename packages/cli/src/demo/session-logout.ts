import { Session, Status } from "@latchkey/client";
import { SyncSession } from "@latchkey/client/sync";
import { CloseCode } from "@latchkey/protocol";
import type { Product } from "./products.ts";
import type { Stage } from "./stage.ts";

const clientId = "demo-device";
const credentials = { login: "demo-user", password: "correct horse" };

/** `session.logout`: by license and by account, twice, and in each of the four forms. */
export async function showSessionLogout(stage: Stage, { url, websocketApiKey, licenses }: Product): Promise<void> {
  const [license = "", another = ""] = licenses;
  stage.page("session.logout");
  await using session = new Session({ url });
  await stage.step("connect()", "ok", () => session.connect());
  await stage.step("initialize(websocketApiKey, clientId)", Status.Ok, () =>
    session.initialize(websocketApiKey, clientId),
  );
  await stage.step("logout() before any authorization", Status.NotAuthorized, () => session.logout());

  await stage.step(`authorize("${license}")`, Status.Ok, () => session.authorize(license));
  await stage.step("logout()", Status.Ok, () => session.logout());
  await stage.step("logout() again", Status.NotAuthorized, () => session.logout());
  await stage.step("linkLicense(license) after the logout", Status.NotAuthorized, () => session.linkLicense(another));

  await session.createAccount(credentials);
  await stage.step("authorize({ login, password }) on the same connection", Status.Ok, () =>
    session.authorize(credentials),
  );
  await stage.step("linkLicense(license)", Status.Ok, () => session.linkLicense(another));
  await stage.step("logout()", Status.Ok, () => session.logout());
  await stage.step("logout() again", Status.NotAuthorized, () => session.logout());

  await session.authorize(license);
  await stage.step(
    "const [error, status] = await try.logout()",
    Status.Ok,
    async () => (await session.try.logout())[1],
  );
  await session.authorize(license);
  await stage.step("logout((error, status) => …)", Status.Ok, () => byCallback(session));
  await session.shutdown();
  await stage.step("logout() after shutdown()", "not_connected", () => session.logout());

  using blocking = new SyncSession({ url });
  blocking.connect();
  blocking.initialize(websocketApiKey, clientId);
  blocking.authorize(license);
  await stage.step("SyncSession: logout(), blocking", Status.Ok, () => blocking.logout());
  await stage.step("SyncSession: logout() again, blocking", Status.NotAuthorized, () => blocking.logout());

  await using uninitialized = new Session({ url });
  await uninitialized.connect();
  await stage.step("logout() before initialize()", CloseCode.NotInitialized, () => uninitialized.logout());
}

function byCallback(session: Session): Promise<number> {
  return new Promise((resolve, reject) => {
    session.logout((error, status) => (error ? reject(error) : resolve(status)));
  });
}
