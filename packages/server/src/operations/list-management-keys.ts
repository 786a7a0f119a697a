import type { Answer, InputOf } from "@latchkey/protocol";
import { done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { managementKeyOutput } from "#domain/management-key-output.ts";
import { grantOf, listManagementKeys as list } from "#storage/management-keys.ts";
import { cutPage, pageFrom } from "#steps/pages.ts";

export async function listManagementKeys(
  { db }: Context,
  _: CallerOf<"listManagementKeys">,
  asked: InputOf<"listManagementKeys">,
): Promise<Answer<"listManagementKeys">> {
  const page = pageFrom(asked);
  const { records, ...next } = cutPage(await list(db, page), page);
  return done({ managementKeys: records.map((key) => managementKeyOutput(key, grantOf(key))), ...next });
}
