import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "@latchkey/protocol";
import {
  addAccount,
  changeSettings,
  must,
  newApplication,
  type Product,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
  withoutTable,
} from "@latchkey/testkit";

const email = "ann@example.com";
const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
const tooLarge = " ".repeat(65_537);
const tooLong = `?${"x".repeat(8_192)}`;

interface ErrorCase {
  readonly code: number;
  readonly status: number;
  readonly answer: RestAnswer;
}

/** Provokes an error of nearly every code, the internal ones by taking tables away. */
async function everyError(server: TestServer): Promise<ErrorCase[]> {
  const product = await newApplication(server.console);
  const rest = RestPeer.of(server, product);
  const serverCode = RestPeer.of(server, product, "BL");
  const id = await rest.register(email);
  const token = await rest.login(email);
  const login = (body: object) => rest.post("/users/login", body);
  const right = { login: email, password: userPassword };
  const account = { email: "bob@example.com", password: userPassword };
  const register = (changes: object) => rest.post("/users/register", { ...account, ...changes });
  const under = async (settings: Parameters<typeof changeSettings>[2], work: () => Promise<RestAnswer>) => {
    await changeSettings(server, product, settings);
    return work();
  };
  const errors: ErrorCase[] = [];
  const note = (code: number, answer: RestAnswer, status = 400) => errors.push({ code, status, answer });

  errors.push(...(await errorsOfUpdates(server)), ...(await errorsOfLinks(server)));
  note(2002, await new RestPeer(server.url, `/${unknownId}/${unknownId}`).get("/info"));
  note(3007, await new RestPeer(server.url, `/nonsense/${unknownId}`).get("/users/logout"));
  note(2004, await rest.post("/users/login", "{"));
  await must(server.console, "createRole", { applicationId: product.id, role: "Editor" });
  const change = (call: string, roleName: string, peer = serverCode) =>
    peer.post(`/users/${call}`, { user: email, roleName });
  const setStatus = (userStatus: unknown, peer = serverCode) =>
    peer.request("PUT", `/users/${id}/status`, { body: { userStatus } });
  const verify = (body: object, peer = serverCode) => peer.post("/users/verifypassword", body);
  note(2000, await rest.get("/users/role/Editor"));
  note(2003, await serverCode.get("/users/role/JSUser"));
  note(2005, await serverCode.get("/users/role/Unknown"));
  note(2007, await change("assignRole", "JSUser"));
  note(2008, await change("unassignRole", "JSUser"));
  note(2011, await change("assignRole", "Editor", rest));
  note(3038, await setStatus(null));
  note(3054, await setStatus("ENABLED", rest));
  note(3086, await setStatus("ENABLED"));
  note(3121, await verify({}));
  note(3122, await verify({}, rest));
  note(2014, await login({ objectId: id }));
  note(3003, await login({ login: email, password: "wrong" }));
  note(3006, await login({}));
  note(3011, await register({ password: null }));
  note(3013, await rest.post("/users/register", { password: userPassword }));
  note(3016, await register({ "a-b": 1 }));
  note(3033, await register({ email }));
  note(3039, await register({ objectId: id }));
  note(3040, await register({ email: "nobody" }));
  note(3041, await register({ email: "" }));
  note(3050, await register({ password: 7 }));
  note(3057, await serverCode.get(`/users/${unknownId}`));
  note(3063, await register({ email: `${"x".repeat(200)}@example.com` }));
  note(3064, await rest.get("/info", "dead"));
  note(40_001, await register({ password: "x" }));
  note(40_400, await rest.get("/nowhere"), 404);
  note(41_300, await rest.post("/users/login", tooLarge));
  note(3009, await under({ userRegistrationEnabled: false }, () => register({})), 403);
  note(3034, await under({ enableLogin: false }, () => login(right)));
  note(3002, await under({ enableLogin: true, logoutLastUser: true }, () => login(right)));
  note(3044, await under({ enableMultipleLogins: true, maxConcurrentLogins: 1 }, () => login(right)));
  await server.db.updateTable("account").set({ status: "disabled" }).execute();
  note(3090, await login(right));
  note(3085, await setStatus("DISABLED"));
  await server.db.updateTable("account").set({ status: "unconfirmed" }).execute();
  note(3087, await login(right));
  await changeSettings(server, product, { failedLoginsLock: 1 });
  await login({ login: email, password: "wrong" });
  note(3036, await login(right));
  for (let attempt = 0; attempt < 9; attempt++) await login({ login: "x", password: "x" });
  for (;;) {
    const answer = await login({ login: "x", password: "x" });
    if (answer.fields["code"] !== 42_900) continue;
    note(42_900, answer, 429);
    break;
  }

  await changeSettings(server, product, { userRegistrationEnabled: true });
  await server.db.updateTable("account").set({ status: "enabled" }).execute();
  await withoutTable(server, "session", async () => {
    note(50_000, await rest.get("/info", token), 500);
    note(50_000, await rest.get(`/users/isvalidusertoken/${token}`), 500);
    note(50_000, await rest.get(`/users/${id}`, token), 500);
    note(3081, await rest.get("/users/userroles", token), 500);
    note(3023, await rest.get("/users/logout", token), 500);
    note(3022, await serverCode.post("/users/login", { objectId: id }), 500);
  });
  await withoutTable(server, "accountRole", async () => {
    note(3058, await change("assignRole", "Editor"), 500);
    note(3059, await change("unassignRole", "Editor"), 500);
    note(3081, await serverCode.get(`/users/userroles/${id}`), 500);
  });
  await withoutTable(server, "identity", async () => {
    note(3021, await register({}), 500);
  });
  return errors;
}

/** The errors that an application with columns and a second account comes to, again the internal ones by force. */
async function errorsOfUpdates(server: TestServer): Promise<ErrorCase[]> {
  const product = await newApplication(server.console, { registrationsPerAddressPerDay: null });
  const rest = RestPeer.of(server, product);
  const serverCode = RestPeer.of(server, product, "BL");
  const id = await rest.register(email, { count: 1 });
  const token = await rest.login(email);
  await serverCode.post("/users/register", { email: "eve@example.com", password: userPassword, size: 1 });
  const column = {
    applicationId: product.id,
    name: "must",
    type: "STRING",
    unique: false,
    defaultValue: null,
  } as const;
  const put = (peer: RestPeer, path: string, body: object, given = "") =>
    peer.request("PUT", `/users/${path}`, { body, token: given });
  const own = (body: object) => put(rest, id, body, token);
  const register = (body: object) =>
    serverCode.post("/users/register", { email: "bob@example.com", password: userPassword, ...body });
  const many = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`c${index}`, 1]));

  const errors: ErrorCase[] = [];
  const note = (code: number, answer: RestAnswer, status = 400) => errors.push({ code, status, answer });
  note(3010, await register(many));
  note(3018, await own({ email: "eve@example.com" }));
  note(3028, await put(rest, id, {}));
  note(3029, await put(rest, unknownId, {}, token));
  note(3030, await put(serverCode, unknownId, {}));
  note(3031, await own(many));
  note(3045, await own({ email: null }));
  note(3049, await own({ size: "x" }));
  note(3095, await rest.request("DELETE", `/data/Users/${unknownId}`, { token }));
  note(2004, await rest.post("/data/Users/find", { having: "x" }));
  await must(server.console, "setColumn", { ...column, required: true });
  note(3012, await register({}));
  await withoutTable(server, "account_column", async () => {
    note(3024, await own({}), 500);
    note(3026, await rest.get("/users/userclassprops"), 500);
    note(50_000, await rest.post("/data/Users/find"), 500);
  });
  const guest = await addAccount(server, product, { status: "guest" });
  note(2000, await put(serverCode, guest.id, { email: "guest@example.com" }));
  return errors;
}

/** The errors of recovery, confirmation and an unknown provider. */
async function errorsOfLinks(server: TestServer): Promise<ErrorCase[]> {
  const product = await newApplication(server.console, { revealUnknownIdentity: true, passwordRecoveryEnabled: false });
  const rest = RestPeer.of(server, product);
  await rest.register(email);
  await addAccount(server, product, {
    email: "social@example.com",
    passwordHash: null,
    socialIdentities: JSON.stringify({ google: ["1"] }),
  });
  const restore = (identity: string) => rest.get(`/users/restorepassword/${identity}`);
  const resend = (identity: string) => rest.post(`/users/resendconfirmation/${identity}`);

  const errors: ErrorCase[] = [];
  const note = (code: number, answer: RestAnswer, status = 400) => errors.push({ code, status, answer });
  note(3101, await restore(email));
  note(3103, await resend(email));
  await changeSettings(server, product, { passwordRecoveryEnabled: true, emailConfirmationRequired: true });
  note(3020, await restore("nobody@example.com"));
  note(3075, await restore("social@example.com"));
  note(3102, await resend(email));
  note(3104, await resend("nobody@example.com"));
  await withoutTable(server, "identity", async () => {
    note(3025, await restore("else@example.com"), 500);
  });
  const headers = { accept: "application/json" };
  const link = `/${product.id}/users/confirm/${"x".repeat(43)}`;
  note(3051, await new RestPeer(server.url, link).request("POST", "", { headers }));
  note(3001, await rest.post("/users/social/nowhere/login", { accessToken: "x" }));
  return errors;
}

/** What takes a provider to provoke is provoked beside one, in the tests of social logins. */
const ofProviders = new Set([3004, 3052, 3053, 3060, 3061]);

test("[US-ERR-1] [US-ERR-2] [US-ERR-3] [US-ERR-4] [US-CODE-1] each error has its code, its status and the envelope", async () => {
  await using server = await startTestServer();
  const errors = await everyError(server);
  for (const { code, status, answer } of errors) {
    assert.deepEqual([answer.fields["code"], answer.status], [code, status], answer.text);
    assert.deepEqual(Object.keys(answer.fields), ["code", "message", "errorData"]);
    assert.match(String(answer.fields["message"]), /\S/, answer.text);
    assert.equal(typeof answer.fields["errorData"], "object", answer.text);
    assert.ok(!Array.isArray(answer.fields["errorData"]) && answer.fields["errorData"] !== null, answer.text);
  }
  const provoked = new Set(errors.map(({ code }) => code));
  const sent = Object.values(faults).map(({ code }) => code);
  assert.deepEqual(
    sent.filter((code) => !provoked.has(code) && !ofProviders.has(code)),
    [],
    "every code of the table is provoked",
  );
});

test("[US-ERR-1] errorData is empty unless a rule fills it", async () => {
  await using server = await startTestServer();
  const filled = new Map([
    [3001, ["provider"]],
    [429, ["retryAfter"]],
    [500, ["requestId"]],
  ]);
  for (const { code, answer } of await everyError(server)) {
    const { errorData } = answer.fields;
    assert.deepEqual(
      Object.keys(errorData as object),
      filled.get(code) ?? filled.get(answer.status) ?? [],
      answer.text,
    );
  }
});

test("[US-ERR-5] the codes that the public service does not have begin at 40000", () => {
  const own = Object.values(faults).filter(({ code }) => code > 5_050);
  const codes = own.map(({ code }) => code).sort((a, b) => a - b);
  assert.deepEqual(codes, [40_001, 40_400, 41_300, 42_900, 50_000]);
});

test("[US-ERR-6] a path that does not exist and a method that it does not have answer 40400", async () => {
  await using server = await startTestServer();
  const { id, apiKeys } = await newApplication(server.console);
  const keyed = `/${id}/${apiKeys.JS}`;
  const cases: [string, string][] = [
    ["GET", `${keyed}/nowhere`],
    ["GET", keyed],
    ["GET", `${keyed}/`],
    ["GET", `/${id}`],
    ["GET", `${keyed}/users`],
    ["GET", `${keyed}/users/`],
    ["GET", `${keyed}/users/logout/`],
    ["GET", `${keyed}/users/isvalidusertoken/`],
    ["GET", `${keyed}/users/isvalidusertoken/a/b`],
    ["GET", `${keyed}/Users/logout`],
    ["GET", `${keyed}/data/Person/${unknownId}`],
    ["GET", `${keyed}/files/x`],
    ["POST", `${keyed}/info`],
    ["PUT", `${keyed}/users/login`],
    ["DELETE", `${keyed}/users/register`],
    ["POST", `${keyed}/users/userroles`],
    ["PATCH", `${keyed}/users/${unknownId}`],
    ["HEAD", `${keyed}/info`],
    ["GET", "/api"],
    ["GET", "/api/nowhere"],
  ];
  const anywhere = new RestPeer(server.url, "");
  for (const [method, path] of cases) {
    const { status, fields } = await anywhere.request(method, path);
    assert.equal(status, 404, `${method} ${path}`);
    if (method !== "HEAD") assert.equal(fields["code"], 40_400, `${method} ${path}`);
  }
});

test("[US-ERR-7] of several errors the first in the order is answered", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console);
  const rest = RestPeer.of(server, product);
  const nobody = new RestPeer(server.url, `/${unknownId}/${unknownId}`);
  const cases: [string, number, RestAnswer][] = [
    ["route, application", 40_400, await nobody.get("/nowhere")],
    ["route, size", 40_400, await rest.post("/nowhere", tooLarge)],
    ["route, token", 40_400, await rest.get("/nowhere", "dead")],
    ["application, size", 2002, await nobody.post("/users/login", tooLarge)],
    ["application, token", 2002, await nobody.get("/info", "dead")],
    ["application, arguments", 2002, await nobody.post("/users/login", "{")],
    ["size, token", 41_300, await rest.request("GET", "/info", { token: "dead", body: tooLarge })],
    ["size, arguments", 41_300, await rest.post("/users/login", `{${tooLarge}`)],
    ["token, account", 3064, await rest.get(`/users/${unknownId}`, "dead")],
    ["key, account", 2014, await rest.post("/users/login", { objectId: unknownId })],
  ];
  for (const [name, code, { fields }] of cases) assert.equal(fields["code"], code, name);
});

test("[US-ERR-7] the length of the URL is looked at where the size of the body is", async () => {
  await using server = await startTestServer();
  const rest = RestPeer.of(server, await newApplication(server.console));
  const nobody = new RestPeer(server.url, `/${unknownId}/${unknownId}`);
  assert.equal((await rest.get(`/nowhere${tooLong}`)).fields["code"], 40_400);
  assert.equal((await nobody.get(`/info${tooLong}`)).fields["code"], 2002);
  assert.equal((await rest.get(`/info${tooLong}`, "dead")).fields["code"], 41_300);
});

test("[US-ERR-8] the messages that are wire constants", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console, { userRegistrationEnabled: false });
  const rest = RestPeer.of(server, product);
  const message = async (answer: Promise<RestAnswer>) => (await answer).fields["message"];
  assert.equal(
    await message(rest.post("/users/login", { objectId: unknownId })),
    "Login by object id is allowed only for Code Runner API key",
  );
  assert.equal(
    await message(rest.post("/users/register", { email, password: userPassword })),
    "User registration is denied for this version of application",
  );
  for (const path of ["/info", "/users/logout", "/users/userroles", `/users/${unknownId}`]) {
    assert.equal(
      await message(rest.get(path, unknownId)),
      `Not existing user token - ${unknownId}. Relogin user to update your user token`,
    );
  }
});

test("[US-ERR-9] the 3064 message repeats 64 characters of the token, with ? for control characters", async () => {
  await using server = await startTestServer();
  const rest = RestPeer.of(server, await newApplication(server.console));
  const cases: [string, string][] = [
    ["x".repeat(64), "x".repeat(64)],
    [`${"a".repeat(64)}b`, "a".repeat(64)],
    ["x".repeat(4_000), "x".repeat(64)],
    ["a\tb\u0080c\u009fd", "a?b?c?d"],
    ["$& $1 <token> $$", "$& $1 <token> $$"],
  ];
  for (const [token, shown] of cases) {
    for (const path of ["/info", "/users/logout"]) {
      assert.equal(
        (await rest.get(path, token)).fields["message"],
        `Not existing user token - ${shown}. Relogin user to update your user token`,
      );
    }
  }
});

test("[US-SEC-9] nothing secret reaches the log, whatever fails", async () => {
  await using server = await startTestServer();
  const secrets = await useAllSecrets(server);
  await withoutTable(server, "session", async () => {
    await useAllSecrets(server, secrets.product, secrets.token);
  });
  assert.match(server.logged.join("\n"), /failed/);
  for (const secret of secrets.texts) {
    assert.ok(!server.logged.some((line) => line.includes(secret)), `${secret} is in the log`);
  }
});

/** Sends passwords, tokens, keys and identities through every call; answers what must never be logged. */
async function useAllSecrets(server: TestServer, known?: Product, knownToken?: string) {
  const product = known ?? (await newApplication(server.console));
  const rest = RestPeer.of(server, product);
  const serverCode = RestPeer.of(server, product, "BL");
  await rest.post("/users/register", { email, password: userPassword, note: "dear diary" });
  const login = await rest.post("/users/login", { login: email, password: userPassword });
  const token = knownToken ?? (login.fields["user-token"] as string);
  await rest.post("/users/login", { login: email, password: "wrong password" });
  for (const path of ["/info", "/users/userroles", `/users/${unknownId}`, `/users/isvalidusertoken/${token}`]) {
    await rest.get(path, token);
    await rest.get(path, "a-dead-token");
    await serverCode.get(path, token);
  }
  await rest.get("/users/logout", token);
  const texts = [token, userPassword, "wrong password", "dear diary", email, "a-dead-token"];
  return { product, token, texts: [...texts, ...Object.values(product.apiKeys)] };
}

test("[US-SEC-11] an internal error says nothing but a request id, under which the log has the cause", async () => {
  await using server = await startTestServer();
  const internal = (await everyError(server)).filter(({ status }) => status === 500);
  assert.ok(internal.length > 0);
  for (const { code, answer } of internal) {
    assert.doesNotMatch(answer.text, /session|_away|select|node:|\.ts|\bat /i);
    if (code !== 50_000) continue;
    const { requestId } = answer.fields["errorData"] as { requestId: string };
    const line = server.logged.find((logged) => logged.includes(requestId));
    assert.match(line ?? "", /no such table/);
  }
});

test("[US-SEC-13] through one application nobody sees accounts or sessions of another", async () => {
  await using server = await startTestServer();
  const [ours, theirs] = [await newApplication(server.console), await newApplication(server.console)];
  const id = await RestPeer.of(server, ours).register(email);
  const token = await RestPeer.of(server, ours).login(email);
  const rest = RestPeer.of(server, theirs);
  const serverCode = RestPeer.of(server, theirs, "BL");

  assert.equal((await rest.get("/info", token)).fields["code"], 3064);
  assert.equal(await rest.isLive(token), false);
  assert.equal((await rest.post("/users/login", { login: email, password: userPassword })).fields["code"], 3003);
  for (const path of [`/users/${id}`, `/data/Users/${id}`]) {
    assert.equal((await serverCode.get(path)).fields["code"], 3057, path);
    await changeSettings(server, theirs, { userAccess: "open" });
    assert.equal((await rest.get(path)).fields["code"], 3057, path);
  }
  assert.equal((await serverCode.post("/users/login", { objectId: id })).fields["code"], 3057);
  const mixed = new RestPeer(server.url, `/${ours.id}/${theirs.apiKeys.BL}`);
  assert.equal((await mixed.get(`/users/${id}`)).fields["code"], 2002);
  assert.equal((await rest.get("/users/logout", token)).fields["code"], 3064);
  assert.equal(await RestPeer.of(server, ours).isLive(token), true);
});
