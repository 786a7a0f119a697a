import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isBusy } from "./sqlite-handle.ts";

/** The data directory cannot be used; the message says why and what to do. */
export class DataDirectoryError extends Error {
  override readonly name = "DataDirectoryError";
}

/**
 * Makes this the one server of a data directory: commands may write beside it, a second server may not. The system
 * gives the lock back however the process ends.
 */
export function lockDataDirectory(directory: string): Disposable {
  makeDirectory(directory);
  const lock = new DatabaseSync(join(directory, "server.lock"));
  try {
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
  } catch (cause) {
    lock.close();
    if (isBusy(cause)) throw new DataDirectoryError(`another server runs on ${directory}`, { cause });
    throw cause;
  }
  return {
    [Symbol.dispose]: () => {
      lock.close();
    },
  };
}

/** Makes the directory and those above it that are missing, and tells whether it can be used. */
export function makeDirectory(directory: string): void {
  try {
    makeMissing(resolve(directory));
    if (!statSync(directory).isDirectory()) throw new DataDirectoryError(`${directory} is a file, not a directory`);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (cause instanceof DataDirectoryError) throw cause;
    throw new DataDirectoryError(`the data directory ${directory} cannot be written to`, { cause });
  }
}

/** One by one: told to do it all, Node never comes back from a parent that takes no child, such as /proc. */
function makeMissing(directory: string): void {
  if (existsSync(directory)) return;
  makeMissing(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process that starts at the same moment may have been faster.
    if (!existsSync(directory)) throw error;
  }
}
