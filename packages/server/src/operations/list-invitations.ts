import type { Answer, InputOf } from "@latchkey/protocol";
import { done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { invitationOutput } from "#domain/operator-output.ts";
import { listInvitations as list } from "#storage/invitations.ts";
import { cutPage, pageFrom } from "#steps/pages.ts";

export async function listInvitations(
  { db, now }: Context,
  _: CallerOf<"listInvitations">,
  asked: InputOf<"listInvitations">,
): Promise<Answer<"listInvitations">> {
  const page = pageFrom(asked);
  const { records, ...next } = cutPage(await list(db, page, now), page);
  return done({ invitations: records.map(invitationOutput), ...next });
}
