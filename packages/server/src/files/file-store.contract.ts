import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { suite, test } from "node:test";
import { checksumOf, inPieces } from "@latchkey/testkit";
import type { ContentId } from "#storage/tables.ts";
import type { FileStore } from "./file-store.ts";
import { ContentMismatchError, verified } from "./verified.ts";

/** What every file store promises. */
export function fileStoreContract(name: string, open: () => Promise<FileStore>): void {
  suite(`file store: ${name}`, () => {
    test("what was put is read as it was, whole and in parts", async () => {
      const store = await open();
      const content = randomBytes(300_000);
      const object = nameOf(content);
      await store.put(object, content.length, inPieces(content));
      for (const [from, to] of [
        [0, 299_999],
        // Not its first byte alone: for that range the S3 server of these tests answers everything.
        [1, 1],
        [299_999, 299_999],
        [65_535, 65_536],
      ] as const) {
        const read = await buffer(await store.read(object, { from, to }));
        assert.ok(read.equals(content.subarray(from, to + 1)), `${from}-${to}`);
      }
    });

    test("a content of no bytes can be put", async () => {
      const store = await open();
      await store.put(nameOf(Buffer.of()), 0, inPieces(Buffer.of()));
    });

    test("deleted is gone, and deleting nothing is fine", async () => {
      const store = await open();
      const content = randomBytes(1_000);
      const object = nameOf(content);
      await store.put(object, content.length, inPieces(content));
      await store.delete(object);
      await assert.rejects(store.read(object, { from: 0, to: 9 }));
      await store.delete(object);
    });

    test("a content that is not what was announced is passed on to the caller, and can be cleaned up", async () => {
      const store = await open();
      const content = randomBytes(200_000);
      const object = nameOf(content);
      for (const wrong of [
        Buffer.concat([content.subarray(0, -1), Buffer.of(content.at(-1)! ^ 1)]),
        content.subarray(0, -1),
        Buffer.concat([content, Buffer.of(0)]),
      ]) {
        const announced = { checksum: object.checksum, size: content.length };
        await assert.rejects(
          store.put(object, content.length, verified(inPieces(wrong), announced)),
          ContentMismatchError,
        );
        await store.delete(object);
      }
    });

    test("the same content can be there twice, and deleting one leaves the other", async () => {
      const store = await open();
      const content = randomBytes(1_000);
      const [one, other] = [nameOf(content), nameOf(content)];
      for (const object of [one, other]) await store.put(object, content.length, inPieces(content));
      await store.delete(one);
      assert.ok((await buffer(await store.read(other, { from: 0, to: 999 }))).equals(content));
    });
  });
}

function nameOf(content: Uint8Array) {
  return { id: randomUUID() as ContentId, checksum: checksumOf(content) };
}
