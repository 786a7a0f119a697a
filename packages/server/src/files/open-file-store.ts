import { join } from "node:path";
import type { Config } from "#config.ts";
import { DirectoryStore } from "./directory-store.ts";
import type { FileStore } from "./file-store.ts";
import { S3Store } from "./s3-store.ts";

/** The store that the settings ask for. Nothing is opened or written before it is used. */
export function openFileStore(config: Config): FileStore {
  return config.s3Bucket === "" ? new DirectoryStore(join(config.dataDirectory, "files")) : new S3Store(config);
}
