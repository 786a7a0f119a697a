import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { suite, test } from "node:test";
import {
  ask,
  checksumOf,
  eventually,
  linkTo,
  ManualClock,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type RawPeer,
  startTestServer,
  storeFile,
  type TestServerOptions,
  within,
} from "@latchkey/testkit";

const content = randomBytes(200_000);
const etag = `"${checksumOf(content)}"`;

/** A server with a file, and a client that may download it. */
async function openHouse({ settings = {}, clock }: TestServerOptions = {}) {
  await using opened = new AsyncDisposableStack();
  const server = opened.use(await startTestServer({ settings, ...(clock && { clock }) }));
  const product = await newApplication(server.console);
  const license = await newLicense(server.console, product);
  await storeFile(server.console, product, "setup.exe", content);
  const peer = opened.use(await openLive(server, product));
  await ask(peer, packet.authorizeByLicense, { license });
  const running = opened.move();
  return { server, product, license, peer, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

async function get(url: string, headers: Record<string, string> = {}, method = "GET") {
  const response = await fetch(url, { method, headers });
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body };
}

async function problemAt(url: string, headers: Record<string, string> = {}) {
  const answer = await get(url, headers);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  const { code } = JSON.parse(answer.body.toString()) as { code: string };
  return [answer.status, code];
}

/** How often the file has been transferred, and when last, in seconds. */
async function transfersOf(peer: RawPeer, filename = "setup.exe") {
  const { transfer_count, last_transferred_at } = await ask(peer, packet.getFileMetadata, { filename });
  return [transfer_count, last_transferred_at];
}

/** A download that has begun and is not read. */
function begin(url: string): Promise<IncomingMessage> {
  const begun = new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(url, { agent: false }, resolve).once("error", reject).end();
  });
  return within(begun, "a download to begin");
}

/** Reads on, a second for each piece. */
async function brokenOff(download: IncomingMessage, clock: ManualClock): Promise<void> {
  const reading = async () => {
    for await (const _ of download) await clock.advance(1_000);
  };
  await within(assert.rejects(reading()), "the download to break off");
}

suite("files door", () => {
  test("[LP-FILE-1] a whole file comes as an attachment that no browser runs and any page may read", async () => {
    await using house = await openHouse();
    const url = await linkTo(house.peer, "setup.exe");
    const { status, headers, body } = await get(url);
    assert.ok(body.equals(content));
    assert.equal(status, 200);
    for (const [name, value] of [
      ["content-length", "200000"],
      ["content-type", "application/octet-stream"],
      ["content-disposition", `attachment; filename="setup.exe"; filename*=UTF-8''setup.exe`],
      ["x-content-type-options", "nosniff"],
      ["content-security-policy", "sandbox"],
      ["cache-control", "private, no-store"],
      ["access-control-allow-origin", "*"],
      ["accept-ranges", "bytes"],
      ["etag", etag],
    ] as const)
      assert.equal(headers.get(name), value, name);
    assert.match(headers.get("access-control-expose-headers") ?? "", /content-range.*etag/);
    const head = await get(url, {}, "HEAD");
    assert.deepEqual([head.status, head.body.length, head.headers.get("content-length")], [200, 0, "200000"]);
    const preflight = await get(url, {}, "OPTIONS");
    assert.deepEqual([preflight.status, preflight.headers.get("access-control-allow-origin")], [204, "*"]);
    assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /range/);
    const post = await get(url, {}, "POST");
    assert.deepEqual([post.status, post.headers.get("allow")], [405, "GET, HEAD, OPTIONS"]);
  });

  test("[LP-FILE-1] ranges and conditions", async () => {
    await using house = await openHouse();
    const url = await linkTo(house.peer, "setup.exe");
    const part = await get(url, { range: "bytes=1000-1999" });
    assert.deepEqual([part.status, part.headers.get("content-range")], [206, "bytes 1000-1999/200000"]);
    assert.ok(part.body.equals(content.subarray(1000, 2000)));
    const end = await get(url, { range: "bytes=-5", "if-range": etag });
    assert.ok(end.body.equals(content.subarray(-5)));
    const outside = await get(url, { range: "bytes=200000-" });
    assert.deepEqual([outside.status, outside.headers.get("content-range")], [416, "bytes */200000"]);
    assert.equal((await get(url, { range: "bytes=0-1,3-4" })).status, 200);
    assert.equal((await get(url, { range: "bytes=0-1", "if-range": '"other"' })).body.length, 200_000);
    const unchanged = await get(url, { "if-none-match": etag });
    assert.deepEqual([unchanged.status, unchanged.body.length, unchanged.headers.get("etag")], [304, 0, etag]);
    assert.deepEqual(await problemAt(url, { "if-match": '"other"' }), [412, "precondition_failed"]);
  });

  test("[LP-FILE-2] a link that resumes leads to the rest of the file, and to nothing when nothing is left", async () => {
    await using house = await openHouse();
    const rest = await linkTo(house.peer, "setup.exe", 150_000);
    const { status, headers, body } = await get(rest);
    assert.deepEqual([status, headers.get("etag")], [200, `"${checksumOf(content)}-150000"`]);
    assert.ok(body.equals(content.subarray(150_000)));
    const part = await get(rest, { range: "bytes=10-19" });
    assert.equal(part.headers.get("content-range"), "bytes 10-19/50000");
    assert.ok(part.body.equals(content.subarray(150_010, 150_020)));
    const nothing = await get(await linkTo(house.peer, "setup.exe", 200_000));
    assert.deepEqual([nothing.status, nothing.body.length, nothing.headers.get("content-length")], [200, 0, "0"]);
  });

  test("a transfer counts when the end of the file has arrived, once for all its parts", async () => {
    const clock = new ManualClock(1_893_456_000_500);
    await using house = await openHouse({ clock });
    const { peer } = house;
    const url = await linkTo(peer, "setup.exe");
    const counts = async (expected: number) => {
      await eventually(`${expected} transfers`, async () => (await transfersOf(peer))[0] === expected);
    };
    assert.deepEqual(await transfersOf(peer), [0, undefined]);
    await get(url, {}, "HEAD");
    await get(url, { range: "bytes=0-99999" });
    await get(url, { "if-none-match": etag });
    await get(await linkTo(peer, "setup.exe", 200_000));
    assert.deepEqual(await transfersOf(peer), [0, undefined]);
    await get(url, { range: "bytes=100000-" });
    await counts(1);
    assert.deepEqual(await transfersOf(peer), [1, 1_893_456_000]);
    await get(url);
    await counts(2);
    await get(await linkTo(peer, "setup.exe", 5));
    await counts(3);
    await storeFile(house.server.console, house.product, "empty", Buffer.of());
    await get(await linkTo(peer, "empty"));
    await eventually("a transfer of nothing", async () => (await transfersOf(peer, "empty"))[0] === 1);
  });

  test("a file of no bytes, and names that are no ASCII", async () => {
    await using house = await openHouse();
    const name = "Prüfung “🗝”.txt";
    await storeFile(house.server.console, house.product, name, Buffer.of());
    const { status, headers, body } = await get(await linkTo(house.peer, name));
    assert.deepEqual([status, body.length, headers.get("content-length")], [200, 0, "0"]);
    assert.ok(headers.get("content-disposition")?.endsWith(encodeURIComponent(name)));
    assert.equal((await get(await linkTo(house.peer, name), { range: "bytes=0-" })).status, 416);
  });

  test("[LP-FILE-1] what was not sealed by this server leads nowhere", async () => {
    await using house = await openHouse();
    const url = await linkTo(house.peer, "setup.exe");
    const other = await openHouse({ settings: { signingKey: "the key of another server altogether" } });
    await using _ = other;
    const sealed = url.split("/").at(-1) ?? "";
    const theirs = (await linkTo(other.peer, "setup.exe")).split("/").at(-1) ?? "";
    const forged = [
      "",
      "x",
      theirs,
      sealed.slice(0, -1),
      `${sealed}/`,
      `${sealed}A`,
      `A${sealed.slice(1)}`,
      "..%2f..%2fetc%2fpasswd",
    ];
    for (const path of forged) {
      assert.deepEqual(await problemAt(`${house.server.url}/files/${path}`), [403, "link_invalid"], path);
    }
    assert.equal((await get(`${url}?anything=else`)).status, 200);
  });

  test("[LP-FILE-1] a link has to be used within its time, and a setting says how long that is", async () => {
    const clock = new ManualClock();
    await using house = await openHouse({ clock });
    const url = await linkTo(house.peer, "setup.exe");
    await clock.advance(59_999);
    assert.equal((await get(url)).status, 200);
    await clock.advance(1);
    assert.deepEqual(await problemAt(url), [403, "link_expired"]);
    await using brief = await openHouse({ clock, settings: { downloadUrlTtl: "1s" } });
    const soon = await linkTo(brief.peer, "setup.exe");
    await clock.advance(1_000);
    assert.deepEqual(await problemAt(soon), [403, "link_expired"]);
  });

  test("[LP-CONN-10] links are made from publicUrl, whatever the Host header says", async () => {
    await using house = await openHouse({ settings: { publicUrl: "https://licenses.example/latchkey/" } });
    assert.match(await linkTo(house.peer, "setup.exe"), /^https:\/\/licenses\.example\/latchkey\/files\/[\w-]+$/);
    await using plain = await openHouse();
    await using peer = await openLive(plain.server, plain.product, "client-2", { Host: "evil.example" });
    await ask(peer, packet.authorizeByLicense, { license: plain.license });
    assert.ok((await linkTo(peer, "setup.exe")).startsWith(`${plain.server.url}/files/`));
  });

  test("[LP-FILE-1] a deleted or replaced file is no longer led to", async () => {
    await using house = await openHouse();
    const { server, product } = house;
    const replaced = await linkTo(house.peer, "setup.exe");
    await storeFile(server.console, product, "setup.exe", randomBytes(10));
    assert.deepEqual(await problemAt(replaced), [404, "file_not_found"]);
    const deleted = await linkTo(house.peer, "setup.exe");
    await must(server.console, "deleteFile", { applicationId: product.id, name: "setup.exe" });
    assert.deepEqual(await problemAt(deleted), [404, "file_not_found"]);
  });

  test("an authorization has a number of downloads at a time; a reader that has stopped reading loses its own", async () => {
    const clock = new ManualClock();
    await using house = await openHouse({ clock });
    await storeFile(house.server.console, house.product, "large.bin", Buffer.alloc(40_000_000));
    const url = await linkTo(house.peer, "large.bin");
    const downloads = await Promise.all(Array.from({ length: 16 }, () => begin(url)));
    assert.deepEqual(await problemAt(url), [429, "too_many_downloads"]);
    downloads.pop()?.destroy();
    await eventually("a place to be free", async () => (await get(url, {}, "HEAD")).status === 200);
    await clock.advance(240_000);
    for (const download of downloads) await brokenOff(download, clock);
    assert.deepEqual(await transfersOf(house.peer, "large.bin"), [0, undefined]);
  });
});

onEachDatabase("a download ends with its authorization", (newDatabase) => {
  const causes: [string, (house: Awaited<ReturnType<typeof openHouse>>) => Promise<unknown>][] = [
    ["logout", ({ peer }) => ask(peer, packet.logout)],
    ["a goodbye", async ({ peer }) => peer.socket.close(1000)],
    [
      "a paused license",
      ({ server: { console }, product: { id: applicationId }, license }) =>
        must(console, "pauseLicense", { license, applicationId }),
    ],
    [
      "a deleted license",
      ({ server: { console }, product: { id: applicationId }, license }) =>
        must(console, "deleteLicense", { license, applicationId }),
    ],
    [
      "a paused application",
      ({ server: { console }, product: { id: applicationId } }) => must(console, "pauseApplication", { applicationId }),
    ],
    [
      "an end that only the row knows",
      ({ server: { db } }) => db.updateTable("session").set({ authorizationId: null }).execute(),
    ],
    ["its expiry", ({ server: { db } }) => db.updateTable("session").set({ expiresAt: 1 }).execute()],
  ];
  for (const [cause, end] of causes) {
    test(`[LP-FILE-1] ${cause} ends what runs, and its link`, async () => {
      const clock = new ManualClock();
      await using house = await openHouse({ settings: { ...(await newDatabase()), downloadUrlTtl: "1d" }, clock });
      await storeFile(house.server.console, house.product, "large.bin", Buffer.alloc(40_000_000));
      const url = await linkTo(house.peer, "large.bin");
      const download = await begin(url);
      assert.equal(download.statusCode, 200);
      await end(house);
      await brokenOff(download, clock);
      assert.deepEqual(await problemAt(url), [403, "not_authorized"]);
    });
  }
});
