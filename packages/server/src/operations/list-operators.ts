import type { Answer, InputOf } from "@latchkey/protocol";
import { done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { listOperators as list } from "#storage/operators.ts";
import { cutPage, pageFrom } from "#steps/pages.ts";

export async function listOperators(
  { db }: Context,
  _: CallerOf<"listOperators">,
  asked: InputOf<"listOperators">,
): Promise<Answer<"listOperators">> {
  const page = pageFrom(asked);
  const { records, ...next } = cutPage(await list(db, page), page);
  return done({ operators: records.map(operatorOutput), ...next });
}
