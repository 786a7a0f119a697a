import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { canonicalAddress } from "#domain/address.ts";
import { removeBlacklistEntry as removeEntry } from "#storage/blacklist.ts";

/** Lets a client id or address in again. */
export async function removeBlacklistEntry(
  { db }: Context,
  _: CallerOf<"removeBlacklistEntry">,
  entry: InputOf<"removeBlacklistEntry">,
): Promise<Answer<"removeBlacklistEntry">> {
  const value = entry.kind === "address" ? canonicalAddress(entry.value) : entry.value;
  return (await removeEntry(db, { ...entry, value })) ? done({}) : refuse("blacklistEntryNotFound");
}
