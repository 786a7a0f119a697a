import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { providerName } from "#domain/provider-terms.ts";
import { removeProvider as remove } from "#storage/providers.ts";

export async function removeProvider(
  { db }: Context,
  _: CallerOf<"removeProvider">,
  { applicationId, name }: InputOf<"removeProvider">,
): Promise<Answer<"removeProvider">> {
  return (await remove(db, applicationId, providerName(name))) ? done({}) : refuse("providerNotFound");
}
