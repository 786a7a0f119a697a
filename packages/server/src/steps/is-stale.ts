import type { Context } from "#context.ts";
import { etagOf } from "#crypto/etag.ts";

/** Whether a record, locked or read by a transaction that is alone, is not what the caller has seen (MG-ETAG-1). */
export function isStale({ expects }: Context, output: object): boolean {
  return expects !== undefined && expects !== etagOf(output);
}
