import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { definitionOf, isRouted, operationNames, operations, readRoute, scopes } from "@latchkey/protocol";
import {
  checksumOf,
  ManagementPeer,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  type RestAnswer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

/** What every way in must refuse alike. */
function codeOf({ fields }: RestAnswer): unknown {
  return fields["code"];
}

onEachDatabase("the management door", (newDatabase) => {
  let server: TestServer;
  let peer: ManagementPeer;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
    peer = await ManagementPeer.withKey(server);
  });
  after(() => server[Symbol.asyncDispose]());

  test("[MG-HTTP-1] an operation is asked for by path, query and body, and what is created answers 201", async () => {
    const created = await peer.call("createApplication", { name: "Of the door" });
    assert.equal(created.status, 201);
    const { application } = await peer.must("listApplications", {}).then(({ applications }) => ({
      application: applications.find(({ name }) => name === "Of the door"),
    }));
    assert.ok(application);
    const applicationId = application.id;
    const { licenses } = await peer.must("createLicenses", { applicationId, count: 3, levels: ["a/b", "ü"] });
    const listed = await peer.call("listLicenses", { applicationId, limit: 2, level: "a/b" });
    assert.equal(listed.status, 200);
    assert.equal((listed.fields["licenses"] as unknown[]).length, 2);
    const key = licenses[0]?.license ?? "";
    const paused = await peer.must("pauseLicense", { applicationId, license: key });
    assert.equal(paused.license.state, "paused");
    await peer.must("setVariable", { applicationId, name: "a b/c?", content: "x", public: true });
    assert.equal((await peer.must("showVariable", { applicationId, name: "a b/c?" })).variable.content, "x");
  });

  test("[MG-HTTP-1] a file is uploaded as it is, and listed", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const content = Buffer.from("some content");
    const query = new URLSearchParams({ checksum: checksumOf(content), size: `${content.length}` });
    const path = `/manage/v1/applications/${applicationId}/files/some%20file.bin?${query.toString()}`;
    const added = await peer.send("PUT", path, content);
    assert.equal(added.status, 200, added.text);
    const { files } = await peer.must("listFiles", { applicationId });
    assert.deepEqual(
      files.map(({ name, size }) => ({ name, size })),
      [{ name: "some file.bin", size: content.length }],
    );
  });

  test("[MG-HTTP-2] unknown fields and values of the wrong shape are refused, each by its name", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const errorsOf = async (sent: Promise<RestAnswer>) => {
      const answer = await sent;
      assert.equal(answer.status, 400);
      assert.equal(codeOf(answer), "requestMalformed");
      return (answer.fields["errors"] as { field: string }[]).map(({ field }) => field);
    };
    const at = `/manage/v1/applications/${applicationId}`;
    assert.deepEqual(await errorsOf(peer.send("POST", `${at}/licenses`, { count: 1, colour: "red" })), ["colour"]);
    assert.deepEqual(await errorsOf(peer.send("POST", `${at}/licenses`, { count: 0 })), ["count"]);
    assert.deepEqual(await errorsOf(peer.send("POST", `${at}/licenses`, { count: 1, applicationId })), [
      "applicationId",
    ]);
    assert.deepEqual(await errorsOf(peer.send("GET", `${at}/licenses?limit=many`)), ["limit"]);
    assert.deepEqual(await errorsOf(peer.send("GET", `${at}/licenses?limt=1`)), ["limt"]);
    assert.deepEqual(await errorsOf(peer.send("POST", `${at}/licenses?count=1`, { count: 1 })), ["count"]);
    assert.deepEqual(await errorsOf(peer.send("PATCH", at, { settings: { sesionQuota: 1 } })), [
      "settings.sesionQuota",
    ]);
    assert.deepEqual(await errorsOf(peer.send("PATCH", at, "[1]")), [""]);
    assert.deepEqual(await errorsOf(peer.send("PATCH", at, "{")), [""]);
  });

  test("[MG-HTTP-3] a refusal is a problem whose code is its name", async () => {
    const answer = await peer.call("createApplication", { name: "x" });
    assert.equal(answer.status, 422);
    assert.equal(answer.headers["content-type"], "application/problem+json");
    const { title, ...rest } = answer.fields;
    assert.deepEqual(rest, {
      type: "urn:latchkey:problem:applicationNameInvalid",
      status: 422,
      code: "applicationNameInvalid",
    });
    assert.match(String(title), /6 to 32/);
  });

  test("[MG-HTTP-4] unknown addresses, other methods and large bodies", async () => {
    assert.equal(codeOf(await peer.send("GET", "/manage/v1/nothing")), "routeUnknown");
    const other = await peer.send("PUT", "/manage/v1/applications");
    assert.equal(other.status, 405);
    assert.equal(other.headers.allow?.split(", ").sort().join(), "GET,POST");
    const large = await peer.send("POST", "/manage/v1/applications", { name: "x".repeat(1_100_000) });
    assert.equal(codeOf(large), "requestTooLarge");
    const listed = await peer.with({ origin: server.url }).send("GET", "/manage/v1/applications");
    assert.equal(listed.headers["cache-control"], "no-store");
    assert.equal(listed.headers["access-control-allow-origin"], undefined);
  });

  test("[MG-HTTP-5] a name that is not this server's is refused before all else", async () => {
    const port = new URL(server.url).port;
    for (const host of [`127.0.0.1:${port}`, `[::1]:${port}`, `localhost:${port}`, "LOCALHOST"])
      assert.equal((await peer.with({ host }).call("listApplications", {})).status, 200, host);
    for (const host of ["evil.example", `evil.example:${port}`, "localhost.evil.example", "127.0.0.1.evil.example"]) {
      const answer = await new ManagementPeer(server.url, { host }).send("GET", "/manage/v1/applications");
      assert.equal(answer.status, 421, host);
      assert.equal(codeOf(answer), "hostUnknown");
    }
  });

  test("[MG-AUTH-1] nobody does anything without a key or a cookie that is good", async () => {
    const nobody = new ManagementPeer(server.url);
    const wrong = [
      nobody,
      nobody.with({ authorization: "Bearer lk_mgmt_abc_def" }),
      nobody.with({ authorization: "Basic abc" }),
      nobody.with({ cookie: "latchkey-operator=abc" }),
    ];
    for (const name of operationNames.filter(isRouted)) {
      if (definitionOf(name).gate === "open") continue;
      const { method, path } = readRoute(operations[name].route);
      const filled = path.replace(/\{\w+\}/g, "x");
      const answer = await nobody.send(method, filled);
      assert.equal(answer.status, 401, `${name} ${answer.text}`);
    }
    for (const each of wrong) assert.equal(codeOf(await each.call("listApplications", {})), "unauthenticated");
  });

  test("[MG-AUTH-2] each scope opens its own operations and no other", async () => {
    const product = await newApplication(server.console);
    const limited = await ManagementPeer.withKey(server, ["licenses:read"]);
    assert.equal((await limited.call("listLicenses", { applicationId: product.id })).status, 200);
    const refused = await limited.call("createLicenses", { applicationId: product.id, count: 1 });
    assert.equal(refused.status, 403);
    assert.equal(codeOf(refused), "forbidden");
    assert.equal((await must(server.console, "listLicenses", { applicationId: product.id })).licenses.length, 0);
  });

  test("[MG-AUTH-3] a key for one application meets no other, by whatever address", async () => {
    const mine = await newApplication(server.console);
    const other = await newApplication(server.console);
    const foreign = await newLicense(server.console, other);
    const { licenses } = await must(server.console, "listLicenses", { applicationId: other.id });
    const id = licenses[0]?.id ?? "";
    const limited = await ManagementPeer.withKey(server, scopes, [mine.id]);
    assert.deepEqual(
      (await limited.must("listApplications", {})).applications.map((application) => application.id),
      [mine.id],
    );
    assert.equal(codeOf(await limited.call("showApplication", { applicationId: other.id })), "forbidden");
    assert.equal(codeOf(await limited.call("createApplication", { name: "Another one" })), "forbidden");
    for (const license of [foreign, id]) {
      assert.equal(codeOf(await limited.call("pauseLicense", { applicationId: other.id, license })), "forbidden");
      assert.equal(codeOf(await limited.call("pauseLicense", { applicationId: mine.id, license })), "licenseNotFound");
    }
    assert.equal((await must(server.console, "showLicense", { license: id })).license.state, "available");
  });

  test("[MG-AUTH-5] a page of another site changes nothing", async () => {
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
      const answer = await peer.with({ origin }).call("createApplication", { name: "Of another site" });
      assert.equal(codeOf(answer), "originForeign", origin);
    }
    const own = await peer.with({ origin: server.url }).call("createApplication", { name: "Of our own page" });
    assert.equal(own.status, 201);
    const withCookie = new ManagementPeer(server.url, { cookie: "latchkey-operator=x" });
    assert.equal(codeOf(await withCookie.call("createApplication", { name: "Without origin" })), "originForeign");
  });

  test("[MG-ETAG-1] an update of what somebody else has changed is refused, and its use is no change", async () => {
    const product = await newApplication(server.console);
    const { id: applicationId } = product;
    const license = await newLicense(server.console, product);
    const seen = await peer.call("showLicense", { applicationId, license });
    const tag = seen.headers.etag ?? "";
    assert.match(tag, /^"[\w-]{22}"$/);
    const first = await peer.with({ "if-match": tag }).call("pauseLicense", { applicationId, license });
    assert.equal(first.status, 200);
    assert.notEqual(first.headers.etag, tag);
    const second = await peer.with({ "if-match": tag }).call("blacklistLicense", { applicationId, license });
    assert.equal(second.status, 412);
    assert.equal(codeOf(second), "changedMeanwhile");
    assert.equal((await peer.must("showLicense", { applicationId, license })).license.state, "paused");

    const application = await peer.call("showApplication", { applicationId });
    const update = { applicationId, version: "2" };
    const stale = peer.with({ "if-match": application.headers.etag ?? "" });
    assert.equal((await stale.call("updateApplication", update)).status, 200);
    assert.equal((await stale.call("updateApplication", { ...update, version: "3" })).status, 412);

    await peer.must("setVariable", { applicationId, name: "news", content: "one", public: true });
    const variable = await peer.call("showVariable", { applicationId, name: "news" });
    const guarded = peer.with({ "if-match": variable.headers.etag ?? "" });
    const contents = ["two", "three"].map((content) =>
      guarded.call("setVariable", { applicationId, name: "news", content, public: true }),
    );
    assert.deepEqual((await Promise.all(contents)).map(({ status }) => status).sort(), [200, 412]);
    const unconditional = await peer.with({ "if-match": tag }).call("createLicenses", { applicationId, count: 1 });
    assert.equal(codeOf(unconditional), "conditionUnsupported");
  });
});
