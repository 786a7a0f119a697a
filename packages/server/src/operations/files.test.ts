import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  ask,
  checksumOf,
  eventually,
  inPieces,
  ManualClock,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  startTestServer,
  storeFile,
  type TestServer,
} from "@latchkey/testkit";
import type { ContentId } from "#storage/tables.ts";

const { createFileDownloadUrl, getFileMetadata } = packet;
const day = 86_400_000;

onEachDatabase("files", (newDatabase) => {
  test("[LP-FILE-1] a link needs an authorization of any kind, and names nothing", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const license = await newLicense(server.console, product);
    const content = randomBytes(1_000);
    await storeFile(server.console, product, "setup.exe", content);
    await using peer = await openLive(server, product);
    assert.deepEqual(await ask(peer, createFileDownloadUrl, { filename: "setup.exe" }), { status: 3 });
    assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
    const { presigned_url: url, ...rest } = await ask(peer, createFileDownloadUrl, { filename: "setup.exe" });
    assert.deepEqual(rest, { file_size: 1_000, file_checksum: checksumOf(content), status: 1 });
    const [, sealed = ""] = new RegExp(`^${server.url}/files/([A-Za-z0-9_-]+)$`).exec(String(url)) ?? [];
    const session = await server.db.selectFrom("session").selectAll().executeTakeFirstOrThrow();
    const seen = Buffer.from(sealed, "base64url").toString("latin1");
    for (const secret of [
      session.id,
      session.authorizationId ?? "",
      session.secretHash,
      peer.resumeId,
      license,
      "setup",
    ])
      assert.ok(!seen.includes(secret) && !sealed.includes(secret), secret);
    await ask(peer, packet.logout);
    assert.deepEqual(await ask(peer, createFileDownloadUrl, { filename: "setup.exe" }), { status: 3 });
  });

  test("[LP-FILE-2] an offset from 0 to the size is one, others answer 303, short names 301, unknown ones 300", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const another = await newApplication(server.console);
    const license = await newLicense(server.console, product);
    await storeFile(server.console, product, "data", randomBytes(10));
    await storeFile(server.console, another, "theirs", randomBytes(10));
    await using peer = await openLive(server, product);
    await ask(peer, packet.authorizeByLicense, { license });
    const link = async (fields: object) => (await ask(peer, createFileDownloadUrl, fields))["status"];
    for (const resume_at of [0, 1, 10]) assert.equal(await link({ filename: "data", resume_at }), 1, `${resume_at}`);
    for (const resume_at of [-1, 11, 1e300])
      assert.equal(await link({ filename: "data", resume_at }), 303, `${resume_at}`);
    for (const type of [createFileDownloadUrl, getFileMetadata]) {
      for (const [filename, status] of [
        ["abc", 301],
        ["🗝🗝🗝", 301],
        ["🗝🗝🗝🗝", 300],
        ["theirs", 300],
        ["../../etc/passwd", 301],
        ["Data", 300],
        [`data${"x".repeat(252)}`, 301],
      ] as const)
        assert.deepEqual(await ask(peer, type, { filename }), { status }, filename);
    }
  });

  test("metadata needs no authorization, and counts from nothing", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const content = randomBytes(20);
    await storeFile(server.console, product, "übersicht 🗝.pdf", content);
    await using peer = await openLive(server, product);
    assert.deepEqual(await ask(peer, getFileMetadata, { filename: "übersicht 🗝.pdf" }), {
      checksum: checksumOf(content),
      size: 20,
      transfer_count: 0,
      status: 1,
    });
  });

  test("adding needs an application and a name that is no path, and lists what it has added", async () => {
    await using server = await startTestServer({ settings: await newDatabase(), clock: new ManualClock(1_000_000) });
    const { console } = server;
    const product = await newApplication(console);
    const content = randomBytes(5);
    const about = { checksum: checksumOf(content), size: 5 };
    const add = (given: object) =>
      console.call("addFile", {
        applicationId: product.id,
        name: "data",
        ...about,
        content: inPieces(content),
        ...given,
      });
    const refusals: [object, string][] = [
      [{ applicationId: "none" }, "applicationNotFound"],
      [{ name: "abc" }, "fileNameInvalid"],
      [{ name: "../x" }, "fileNameInvalid"],
      [{ name: "a\\bc" }, "fileNameInvalid"],
      [{ name: "a\nbcd" }, "fileNameInvalid"],
      [{ size: 5 * 2 ** 30 + 1 }, "fileTooLarge"],
      [{ size: 4 }, "fileContentMismatch"],
      [{ size: 6 }, "fileContentMismatch"],
      [{ checksum: checksumOf(Buffer.of()) }, "fileContentMismatch"],
    ];
    for (const [given, refusal] of refusals) assert.deepEqual(await add(given), { ok: false, refusal }, refusal);
    assert.deepEqual(await must(console, "listFiles", { applicationId: product.id }), { files: [] });
    assert.deepEqual(await objectsOf(server), []);
    assert.ok((await add({})).ok);
    const file = { name: "data", ...about, createdAt: 1_000_000, transferCount: 0 };
    assert.deepEqual(await must(console, "listFiles", { applicationId: product.id }), { files: [file] });
    assert.deepEqual(await console.call("listFiles", { applicationId: "none" }), {
      ok: false,
      refusal: "applicationNotFound",
    });
  });

  test("the same content is kept once for all applications; whoever only knows its checksum does not get it", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const one = await newApplication(server.console);
    const other = await newApplication(server.console);
    const content = randomBytes(100_000);
    await storeFile(server.console, one, "theirs", content);
    const announced = { checksum: checksumOf(content), size: content.length };
    const guessed = { applicationId: other.id, name: "mine", ...announced, content: inPieces(randomBytes(100_000)) };
    assert.deepEqual(await server.console.call("addFile", guessed), { ok: false, refusal: "fileContentMismatch" });
    await storeFile(server.console, other, "mine", content);
    await storeFile(server.console, other, "mine too", content);
    assert.equal((await objectsOf(server)).length, 1);
  });

  test("uploads of one content at the same time all succeed, and leave one object when upkeep has passed", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ settings: await newDatabase(), clock });
    const products = await Promise.all([1, 2, 3].map(() => newApplication(server.console)));
    const content = randomBytes(300_000);
    await Promise.all(
      products.flatMap((product) =>
        ["one.bin", "two.bin"].map((name) => storeFile(server.console, product, name, content)),
      ),
    );
    await clock.advance(120_000);
    await eventually("one object to be left", async () => (await objectsOf(server)).length === 1);
  });

  test("another content under a name is another file; the same one again changes nothing", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const [before, after] = [randomBytes(10), randomBytes(20)];
    await storeFile(server.console, product, "data", before);
    await server.db.updateTable("file").set({ transferCount: 7, lastTransferredAt: 5_000 }).execute();
    const same = await storeFile(server.console, product, "data", before);
    assert.deepEqual([same.transferCount, same.lastTransferredAt], [7, 5_000]);
    const other = await storeFile(server.console, product, "data", after);
    assert.deepEqual([other.transferCount, other.lastTransferredAt, other.size], [0, undefined, 20]);
  });

  test("a content goes when no file of any application refers to it, a day after it was last stored", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ settings: await newDatabase(), clock });
    const { console } = server;
    const one = await newApplication(console);
    const other = await newApplication(console);
    const content = randomBytes(10);
    for (const product of [one, other]) await storeFile(console, product, "data", content);
    await must(console, "deleteFile", { applicationId: one.id, name: "data" });
    assert.deepEqual(await console.call("deleteFile", { applicationId: one.id, name: "data" }), {
      ok: false,
      refusal: "fileNotFound",
    });
    const dayIsOver = () => server.db.updateTable("content").set({ keptUntil: clock.now() }).execute();
    await dayIsOver();
    await clock.advance(60_000);
    assert.equal((await objectsOf(server)).length, 1);
    await storeFile(console, other, "data", content);
    const { keptUntil } = await server.db.selectFrom("content").selectAll().executeTakeFirstOrThrow();
    assert.equal(keptUntil, clock.now() + day);
    await must(console, "deleteApplication", { applicationId: other.id });
    await clock.advance(60_000);
    assert.equal((await objectsOf(server)).length, 1);
    await dayIsOver();
    await clock.advance(60_000);
    await eventually("the content to go", async () => (await objectsOf(server)).length === 0);
    const rows = await server.db.selectFrom("content").selectAll().execute();
    assert.deepEqual(rows, []);
    // And it can come back.
    await storeFile(console, one, "data", content);
    assert.equal((await objectsOf(server)).length, 1);
  });

  test("[MG-LIST-8] the files of an application have the room that its storageQuota gives them", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const { console } = server;
    const product = await newApplication(console, { storageQuota: 10 });
    const store = (name: string, bytes: number) => {
      const content = new Uint8Array(bytes).fill(bytes);
      const given = { applicationId: product.id, name, checksum: checksumOf(content), size: bytes };
      return console.call("addFile", { ...given, content: inPieces(content) });
    };
    assert.ok((await store("one-file", 6)).ok);
    assert.deepEqual(await store("two-file", 5), { ok: false, refusal: "storageQuotaReached" });
    assert.ok((await store("one-file", 10)).ok, "what it replaces makes room");
    assert.deepEqual(await store("two-file", 1), { ok: false, refusal: "storageQuotaReached" });
    await must(console, "deleteFile", { applicationId: product.id, name: "one-file" });
    const both = await Promise.all([store("one-file", 6), store("two-file", 7)]);
    assert.deepEqual(both.map(({ ok }) => ok).toSorted(), [false, true], "of two at once one has the room");
  });

  test("what a killed upload has left is removed when its lease is over, and not before", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ settings: await newDatabase(), clock });
    const folder = join(server.dataDirectory, "files", "ab");
    const object = { id: randomUUID() as ContentId, checksum: "ab".repeat(32) };
    await server.db
      .insertInto("looseObject")
      .values({ ...object, leaseUntil: clock.now() + 90_000 })
      .execute();
    mkdirSync(folder, { recursive: true });
    for (const name of [`${object.checksum}.${object.id}.part`, `${object.checksum}.${object.id}`])
      writeFileSync(join(folder, name), "some");
    await clock.advance(60_000);
    assert.equal((await objectsOf(server)).length, 2);
    await clock.advance(60_000);
    await eventually("what was left to go", async () => (await objectsOf(server)).length === 0);
    await eventually("its row to go", async () => {
      const rows = await server.db.selectFrom("looseObject").selectAll().execute();
      return rows.length === 0;
    });
  });
});

/** The names of all that the file store has. */
async function objectsOf({ dataDirectory }: TestServer): Promise<string[]> {
  const entries = readdirSync(dataDirectory, { recursive: true, withFileTypes: true });
  const inFiles = entries.filter(
    (entry) => entry.isFile() && entry.parentPath.startsWith(join(dataDirectory, "files")),
  );
  return inFiles.map(({ name }) => name);
}
