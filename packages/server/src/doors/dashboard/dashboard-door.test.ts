import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, suite, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { startTestServer, type TestServer } from "@latchkey/testkit";

const html = "<!doctype html><title>Latchkey</title>";
const script = "export const long = '".padEnd(2_000, "x") + "';";
const files = new Map([
  ["index.html", Buffer.from(html)],
  ["assets/main-ABC.js", Buffer.from(script)],
  ["assets/inter-ABC.woff2", Buffer.from([0x77, 0x4f, 0x46, 0x32])],
]);
const browser = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

interface Reply {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

/** What is on the wire: `fetch` would unpack it. */
function get(server: TestServer, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asking = request(server.url + path, { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asking.on("error", reject).end();
  });
}

suite("the dashboard's files", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ dashboard: files });
  });
  after(() => server[Symbol.asyncDispose]());

  test("[MG-DASH-1] a browser at / gets the dashboard, everybody else the location, and so do all without one", async () => {
    const page = await get(server, "/", browser);
    assert.deepEqual([page.status, page.headers["content-type"]], [200, "text/html; charset=utf-8"]);
    assert.equal(page.body.toString(), html);
    assert.equal((await get(server, "/", browser, "HEAD")).body.length, 0);
    for (const headers of [{}, { accept: "*/*" }, { accept: "application/json" }]) {
      const place = await get(server, "/", headers);
      assert.deepEqual(JSON.parse(place.body.toString()), { location: "test" });
      assert.equal(place.headers["vary"], "Accept");
    }
    assert.deepEqual(JSON.parse((await get(server, "/live", browser)).body.toString()), { location: "test" });
    await using bare = await startTestServer();
    assert.deepEqual(JSON.parse((await get(bare, "/", browser)).body.toString()), { location: "test" });
  });

  test("[MG-DASH-2] nothing but the server's own files runs in the page, and nobody may frame it", async () => {
    for (const path of ["/", "/assets/main-ABC.js"]) {
      const { headers } = await get(server, path, browser);
      const policy = String(headers["content-security-policy"]);
      for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"])
        assert.ok(policy.split("; ").includes(part), part);
      assert.doesNotMatch(policy, /unsafe|\*|https?:/);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["referrer-policy"], "no-referrer");
      assert.equal(headers["access-control-allow-origin"], undefined);
    }
  });

  test("[MG-DASH-3] assets are kept for good, the page is not, and both come compressed to who takes that", async () => {
    const page = await get(server, "/", browser);
    assert.equal(page.headers["cache-control"], "no-store");
    const asset = await get(server, "/assets/main-ABC.js");
    assert.match(String(asset.headers["cache-control"]), /immutable/);
    const again = await get(server, "/assets/main-ABC.js", { "if-none-match": String(asset.headers["etag"]) });
    assert.deepEqual([again.status, again.body.length], [304, 0]);

    const brotli = await get(server, "/assets/main-ABC.js", { "accept-encoding": "gzip, br" });
    assert.equal(brotli.headers["content-encoding"], "br");
    assert.equal(brotliDecompressSync(brotli.body).toString(), script);
    const gzip = await get(server, "/assets/main-ABC.js", { "accept-encoding": "br;q=0, gzip" });
    assert.equal(gunzipSync(gzip.body).toString(), script);
    const font = await get(server, "/assets/inter-ABC.woff2", { "accept-encoding": "br" });
    assert.deepEqual([font.headers["content-encoding"], font.body.length], [undefined, 4]);
  });

  test("[MG-DASH-3] no other path leads to a file, and nothing can be sent to one", async () => {
    for (const path of [
      "/index.html",
      "/assets/",
      "/assets/../index.html",
      "/assets/%2e%2e/index.html",
      "/assets/gone.js",
    ]) {
      const { status, body } = await get(server, path, browser);
      assert.notEqual(status, 200, path);
      assert.doesNotMatch(body.toString(), /<title>/);
    }
    const sent = await get(server, "/assets/main-ABC.js", {}, "POST");
    assert.deepEqual([sent.status, sent.headers["allow"]], [405, "GET, HEAD"]);
  });
});
