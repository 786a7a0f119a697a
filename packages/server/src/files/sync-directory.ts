import { open } from "node:fs/promises";

/** The names in a directory survive a crash as well. */
export async function syncDirectory(directory: string): Promise<void> {
  await using handle = await open(directory);
  await handle.sync();
}
