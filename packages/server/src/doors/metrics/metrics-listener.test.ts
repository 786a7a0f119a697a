import assert from "node:assert/strict";
import { createServer } from "node:net";
import { suite, test } from "node:test";
import { readFile } from "node:fs/promises";
import {
  ask,
  eventually,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import { metricDefinitions } from "#report/metric-definitions.ts";
import { version } from "#version.ts";

async function samples({ metricsUrl = "" }: TestServer): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(metricsUrl);
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const [, name = "", value = ""] = /^(\w+(?:\{.*\})?) (-?[\d.e+-]+)$/.exec(line) ?? assert.fail(line);
      return [name, Number(value)];
    }),
  );
}

const normalClose = 'latchkey_live_closes_total{code="1000"}';

onEachDatabase("metrics", (newDatabase) => {
  test("[MG-METRIC-1] metrics have a port of their own, and the public one has none", async () => {
    await using server = await startTestServer({ settings: { ...(await newDatabase()), metricsPort: "0" } });
    const { hostname, port } = new URL(server.metricsUrl!);
    assert.equal(hostname, "127.0.0.1");
    assert.notEqual(port, new URL(server.url).port);
    assert.equal((await samples(server)).get(`latchkey_info{version="${version}"}`), 1);
    const elsewhere = await fetch(server.url + "/metrics");
    assert.doesNotMatch(await elsewhere.text(), /latchkey_/);
    const { status } = await fetch(server.metricsUrl!.replace("/metrics", "/"));
    assert.equal(status, 404);
  });

  test("[MG-METRIC-2] operations are counted by name, door and outcome, and how long they took", async () => {
    await using server = await startTestServer({ settings: { ...(await newDatabase()), metricsPort: "0" } });
    const product = await newApplication(server.console);
    const license = await newLicense(server.console, product);
    const peer = await openLive(server, product);
    await ask(peer, packet.authorizeByLicense, { license: "no such license" });
    await ask(peer, packet.authorizeByLicense, { license });
    await RestPeer.of(server, product)
      .login("nobody@example.com", "password")
      .catch(() => undefined);
    const seen = await samples(server);
    const count = (name: string, door: string, outcome: string) =>
      seen.get(`latchkey_operations_total{operation="${name}",door="${door}",outcome="${outcome}"}`);
    assert.equal(count("createApplication", "console", "ok"), 1);
    assert.equal(count("initialize", "live", "ok"), 1);
    assert.equal(count("authorizeByLicense", "live", "ok"), 1);
    assert.equal(count("authorizeByLicense", "live", "licenseNotFound"), 1);
    assert.equal(count("login", "user-service", "credentialsWrong"), 1);
    assert.equal(seen.get('latchkey_operation_seconds_count{operation="authorizeByLicense",door="live"}'), 2);
    assert.equal(
      seen.get('latchkey_operation_seconds_bucket{operation="authorizeByLicense",door="live",le="+Inf"}'),
      2,
    );
  });

  test("[MG-METRIC-3] every metric of the list is there, and tells what is the case", async () => {
    await using server = await startTestServer({ settings: { ...(await newDatabase()), metricsPort: "0" } });
    const product = await newApplication(server.console);
    const peer = await openLive(server, product);
    const idle = await samples(server);
    assert.equal(idle.get('latchkey_sessions{state="connected"}'), 1);
    assert.equal(idle.get('latchkey_sessions{state="authorized"}'), 0);
    assert.equal(idle.get("latchkey_live_connections"), 1);
    await ask(peer, packet.authorizeByLicense, { license: await newLicense(server.console, product) });
    const seen = await samples(server);
    assert.equal(seen.get('latchkey_sessions{state="authorized"}'), 1);
    assert.equal(seen.get('latchkey_live_frames_total{direction="in"}'), 2);
    assert.equal(seen.get('latchkey_live_frames_total{direction="out"}'), 2);
    assert.ok(seen.get('latchkey_live_bytes_total{direction="in"}')! > 100);
    assert.ok(seen.get("latchkey_sockets")! >= 1);
    assert.ok(seen.get("latchkey_transaction_seconds_count")! > 0);
    assert.ok(seen.get("latchkey_database_bytes")! > 0);
    assert.equal(seen.get("latchkey_changes_behind"), 0);
    assert.equal(seen.get("latchkey_mails_waiting"), 0);
    peer.socket.close(1000);
    await peer.closed;
    await eventually("the end of the connection", async () => (await samples(server)).get(normalClose) === 1);
    const names = new Set([...(await samples(server)).keys()].map((key) => key.replace(/\{.*/, "")));
    // Of the process only its owner can tell, and the others have to happen first.
    const elsewhere = /^process_(cpu|resident)|^nodejs_|spans_dropped/;
    for (const [name, { type }] of Object.entries(metricDefinitions)) {
      const sample = type === "histogram" ? `${name}_count` : name;
      if (!elsewhere.test(name)) assert.ok(names.has(sample), `${name} is missing`);
    }
  });
});

suite("the metrics' port", () => {
  test("[MG-METRIC-1] a port that is taken is told of, and keeps nobody from being served", async () => {
    await using taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const metricsPort = typeof address === "object" ? String(address?.port) : "";
    await using server = await startTestServer({ settings: { metricsPort } });
    assert.equal(server.metricsUrl, undefined);
    assert.ok(server.logged.some((line) => line.startsWith("metrics not served")));
    assert.equal((await fetch(server.url + "/healthz")).status, 200);
  });

  test("[MG-METRIC-3] docs/METRICS.md has them all", async () => {
    const document = await readFile(new URL("../../../../../docs/METRICS.md", import.meta.url), "utf8");
    for (const [name, { type, about }] of Object.entries(metricDefinitions)) {
      const row = document.split("\n").find((line) => line.startsWith(`| \`${name}\``));
      assert.ok(row, `${name} is missing`);
      assert.ok(row.includes(type) && row.includes(about), `${name} is described otherwise`);
    }
  });

  test("[MG-METRIC-1] the version that they tell is that of the package", async () => {
    const manifest = await readFile(new URL("../../../package.json", import.meta.url), "utf8");
    assert.equal(JSON.parse(manifest).version, version);
  });
});
