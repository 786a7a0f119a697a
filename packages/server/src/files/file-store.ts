import type { Readable } from "node:stream";
import type { LooseObject } from "#storage/tables.ts";

/** An object by its own id and what it contains: no two uploads write the same one, and none is ever changed. */
export type ObjectName = Pick<LooseObject, "id" | "checksum">;

/** Both ends are part of it. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Where contents are kept: a directory, or an S3-compatible service. Whoever calls it knows what is in it. */
export interface FileStore {
  /** Keeps all of the content or nothing; what it answers for is on disk. It passes on what the content throws. */
  put(object: ObjectName, size: number, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Part of an object, never an empty one. The caller destroys the stream if it does not read it to its end. */
  read(object: ObjectName, range: ByteRange): Promise<Readable>;
  /** Also what a crash has left of an upload; fine when there is nothing. */
  delete(object: ObjectName): Promise<void>;
}

/** There is no room for a content; nothing of it was kept. */
export class StorageFullError extends Error {
  override readonly name = "StorageFullError";
}

/** Two letters in front spread the objects over folders; the checksum lets anybody look after them by hand. */
export function objectPath({ id, checksum }: ObjectName): string {
  return `${checksum.slice(0, 2)}/${checksum}.${id}`;
}
