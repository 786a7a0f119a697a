import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { newApplication, startTestServer, testCertificate, testCertificateKey, within } from "@latchkey/testkit";
import { WebSocket } from "ws";
import { readConfig } from "#config.ts";

let directory: string;
let files: { tlsCertificate: string; tlsKey: string };
before(() => {
  directory = mkdtempSync(join(tmpdir(), "latchkey-tls-"));
  files = { tlsCertificate: join(directory, "certificate.pem"), tlsKey: join(directory, "key.pem") };
  writeFileSync(files.tlsCertificate, testCertificate);
  writeFileSync(files.tlsKey, testCertificateKey);
});
after(() => {
  rmSync(directory, { recursive: true });
});

test("[LP-CONN-1] with a certificate both doors speak TLS", async () => {
  await using server = await startTestServer({ settings: files });
  const { id, apiKeys, websocketApiKey } = await newApplication(server.console);
  assert.match(server.url, /^https:/);
  const answered = new Promise<string>((resolve, reject) => {
    get(`${server.url}/${id}/${apiKeys.JS}/info`, { ca: testCertificate }, (response) => {
      response.setEncoding("utf8").on("data", resolve);
    }).on("error", reject);
  });
  assert.match(await within(answered, "an answer over https"), new RegExp(id));

  const socket = new WebSocket(server.url.replace(/^https/, "wss"), { ca: testCertificate });
  const initialized = new Promise<string>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("message", (data: Buffer) => {
      resolve(data.toString());
    });
    socket.on("open", () => {
      socket.send(JSON.stringify({ type: 0, id: 1, websocket_api_key: websocketApiKey, client_id: "client" }));
    });
  });
  assert.match(await within(initialized, "an answer over wss"), /"status":1}$/);
  socket.terminate();
});

test("a certificate that cannot be used is said to be so, by its file", async () => {
  const missing = { ...files, tlsCertificate: join(directory, "missing.pem") };
  await assert.rejects(startTestServer({ settings: missing }), /missing\.pem .*cannot be used: ENOENT/);
  await assert.rejects(startTestServer({ settings: { ...files, tlsKey: files.tlsCertificate } }), /cannot be used/);
});

test("settings that make no sense are problems, not surprises", () => {
  const problemsOf = (given: Record<string, string>) => {
    const read = readConfig(given);
    return "problems" in read ? read.problems : [];
  };
  assert.deepEqual(problemsOf({ tlsKey: "key.pem" }), ["tlsCertificate and tlsKey go together"]);
  assert.deepEqual(problemsOf({ trustedProxies: "10.0.0.0/8, ::1, fd00::/8,192.0.2.1" }), []);
  for (const wrong of ["proxy.example", "10.0.0.0/33", "10.0.0.0/", "::1/129", "10.0.0.0/8/8"]) {
    assert.equal(problemsOf({ trustedProxies: wrong }).length, 1, wrong);
  }
});
