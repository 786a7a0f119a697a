import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ask,
  ManagementPeer,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  RestPeer,
  startTestServer,
  userPassword,
  withoutTable,
} from "@latchkey/testkit";

const ownId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const email = "someone.special@example.com";

onEachDatabase("requests in the log", (newDatabase) => {
  test("[MG-LOG-1] every answer over HTTP names its request, at whichever door", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const paths = ["/live", "/healthz", "/readyz", "/files/nothing", `/${product.id}/nonsense/users/login`, "/nowhere"];
    for (const path of [...paths, "/manage/v1/nothing"]) {
      const { headers } = await fetch(server.url + path);
      assert.match(headers.get("x-request-id") ?? "", ownId, path);
    }
    const path = `/${product.id}/nonsense/users/login`;
    for (const [method, to] of [
      ["OPTIONS", path],
      ["POST", `/${product.id}/nonsense/binary`],
    ] as const) {
      const { headers } = await fetch(server.url + to, { method });
      assert.match(headers.get("x-request-id") ?? "", ownId, to);
    }
  });

  test("[MG-LOG-1] a proxy that is trusted names requests, and nobody else does", async () => {
    const trusting = { ...(await newDatabase()), trustedProxies: "127.0.0.1" };
    await using behind = await startTestServer({ settings: trusting });
    await using open = await startTestServer({ settings: await newDatabase() });
    const idOf = async (url: string, given: string) => {
      const { headers } = await fetch(`${url}/live`, { headers: { "X-Request-Id": given } });
      return headers.get("x-request-id") ?? "";
    };
    assert.equal(await idOf(behind.url, "proxy-1:abc.DEF_2"), "proxy-1:abc.DEF_2");
    assert.match(await idOf(open.url, "proxy-1"), ownId);
    for (const malformed of ["with space", "a".repeat(101), '{"event":"forged"}', ""]) {
      assert.match(await idOf(behind.url, malformed), ownId);
    }
  });

  test("[MG-LOG-2] a failure is in the log under the id that its answer has", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const rest = RestPeer.of(server, await newApplication(server.console));
    await withoutTable(server, "identity", async () => {
      const { headers, status } = await rest.post("/users/login", { login: email, password: userPassword });
      assert.equal(status, 500);
      const id = String(headers["x-request-id"]);
      assert.ok(server.logged.some((line) => line.startsWith("failed") && line.includes(id)));
    });
  });

  test("[MG-LOG-3] operations are logged when that is asked for, and else are not", async () => {
    await using quiet = await startTestServer({ settings: await newDatabase() });
    await RestPeer.of(quiet, await newApplication(quiet.console)).post("/users/login", {});
    assert.deepEqual(quiet.logged, []);
    await using server = await startTestServer({ settings: { ...(await newDatabase()), logRequests: "on" } });
    const product = await newApplication(server.console);
    const rest = RestPeer.of(server, product);
    const { headers } = await rest.post("/users/login", { login: email, password: userPassword });
    await ask(await openLive(server, product), packet.ping);
    const lines = server.logged.filter((line) => line.startsWith("operation "));
    const told = lines.map((line): Record<string, unknown> => JSON.parse(line.slice("operation ".length)));
    const login = told.find(({ operation }) => operation === "login");
    assert.deepEqual(Object.keys(login ?? {}), ["requestId", "door", "operation", "outcome", "ms"]);
    assert.deepEqual([login?.["door"], login?.["outcome"]], ["user-service", "credentialsWrong"]);
    assert.equal(login?.["requestId"], headers["x-request-id"]);
    const live = told.filter(({ door }) => door === "live");
    assert.deepEqual(
      live.map(({ operation }) => operation),
      ["initialize", "ping"],
    );
    assert.equal(new Set(live.map(({ requestId }) => requestId)).size, 2);
  });

  test("[MG-LOG-4] the log of a whole day at all doors has no secret, token, key or mail address in it", async () => {
    await using server = await startTestServer({ settings: { ...(await newDatabase()), logRequests: "on" } });
    const product = await newApplication(server.console);
    const rest = RestPeer.of(server, product);
    await rest.register(email);
    const token = await rest.login(email);
    await rest.get(`/users/isvalidusertoken/${token}`);
    await rest.request("GET", `/users/restorepassword/${encodeURIComponent(email)}?secret=in-the-query`);
    const license = await newLicense(server.console, product);
    const peer = await openLive(server, product);
    await ask(peer, packet.authorizeByLicense, { license });
    await ask(peer, packet.authorizeByCredentials, { login: "somebody", password: "a password of a client" });
    await withoutTable(server, "identity", async () => {
      await rest.post("/users/login", { login: email, password: userPassword });
      await rest.post("/users/register", { email, password: userPassword });
      await ask(peer, packet.authorizeByCredentials, { login: "somebody", password: "a password of a client" });
    });
    await withoutTable(server, "session", async () => {
      await rest.get("/users/logout", token);
    });
    const { key } = await must(server.console, "createManagementKey", { name: "of a test", scopes: ["metrics:read"] });
    const manager = new ManagementPeer(server.url, { authorization: `Bearer ${key}` });
    await manager.call("showSystemHealth", {});
    await withoutTable(server, "node", async () => {
      assert.equal((await manager.call("showSystemHealth", {})).status, 500);
    });
    const secrets = [
      token,
      license,
      email,
      userPassword,
      "a password of a client",
      "in-the-query",
      key,
      product.websocketApiKey,
      peer.resumeId,
      ...Object.values(product.apiKeys),
    ];
    assert.ok(server.logged.length > 5);
    for (const line of server.logged)
      for (const secret of secrets) assert.ok(!line.includes(secret), `the log has ${secret} in ${line}`);
  });
});
