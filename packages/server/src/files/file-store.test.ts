import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { checksumOf, inPieces } from "@latchkey/testkit";
import type { ContentId } from "#storage/tables.ts";
import { DirectoryStore } from "./directory-store.ts";
import { objectPath } from "./file-store.ts";
import { fileStoreContract } from "./file-store.contract.ts";
import { S3Store } from "./s3-store.ts";
import { ContentMismatchError, verified } from "./verified.ts";

/** What is used of `s3rver`, a server of S3's calls that checks signatures and keeps the objects in a folder. */
interface S3Server {
  run(): Promise<{ readonly port: number }>;
  close(): Promise<void>;
}
type S3ServerClass = new (options: object) => S3Server;

const directory = mkdtempSync(join(tmpdir(), "latchkey-files-"));
const credentials = { s3Region: "us-east-1", s3AccessKey: "S3RVER", s3SecretKey: "S3RVER" };
let s3: S3Server;
let s3Endpoint: string;

before(async () => {
  // @ts-expect-error -- it comes without types
  const { default: S3rver } = (await import("@20minutes/s3rver")) as { default: S3ServerClass };
  const options = { address: "127.0.0.1", port: 0, silent: true, directory: join(directory, "s3") };
  s3 = new S3rver({ ...options, configureBuckets: [{ name: "files" }] });
  s3Endpoint = `http://127.0.0.1:${(await s3.run()).port}`;
});

after(async () => {
  await s3.close();
  rmSync(directory, { recursive: true });
});

fileStoreContract("directory", async () => new DirectoryStore(join(directory, "local")));
fileStoreContract("S3", async () => new S3Store({ ...credentials, s3Endpoint, s3Bucket: "files" }));

test("in the directory a content lies under its checksum, for its owner alone, and nothing else lies there", async () => {
  const root = join(directory, "looked-at");
  const store = new DirectoryStore(root);
  const content = randomBytes(1_000);
  const object = { id: randomUUID() as ContentId, checksum: checksumOf(content) };
  await store.put(object, content.length, inPieces(content));
  const folder = object.checksum.slice(0, 2);
  assert.deepEqual(readdirSync(root), [folder]);
  assert.deepEqual(readdirSync(join(root, folder)), [`${object.checksum}.${object.id}`]);
  assert.equal(statSync(join(root, objectPath(object))).mode & 0o777, 0o600);
  assert.equal(statSync(root).mode & 0o777, 0o700);
});

test("an upload that breaks off leaves nothing in the directory", async () => {
  const root = join(directory, "broken-off");
  const object = { id: randomUUID() as ContentId, checksum: "ab".repeat(32) };
  const broken = async function* () {
    yield randomBytes(100_000);
    throw new Error("the line is dead");
  };
  const store = new DirectoryStore(root);
  await assert.rejects(store.put(object, 200_000, broken()), /the line is dead/);
  const announced = { checksum: object.checksum, size: 3 };
  await assert.rejects(store.put(object, 3, verified(inPieces(Buffer.from("abc")), announced)), ContentMismatchError);
  assert.deepEqual(readdirSync(join(root, "ab")), []);
});

test("S3 turns away who has another secret, and says so in the log's words, not in ours", async () => {
  const store = new S3Store({ ...credentials, s3SecretKey: "another", s3Endpoint, s3Bucket: "files" });
  const object = { id: randomUUID() as ContentId, checksum: checksumOf(Buffer.of(1)) };
  await assert.rejects(store.put(object, 1, inPieces(Buffer.of(1))), (error: Error) => {
    assert.match(error.message, /could not put: 403 .*SignatureDoesNotMatch/s);
    assert.doesNotMatch(error.message, /another/);
    return true;
  });
});
