import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { extendLicenseTerm } from "#storage/licenses.ts";
import { moveExpiryByLicense } from "#storage/authorizations.ts";
import { changeLicense } from "#steps/change-license.ts";

export function extendLicense(
  context: Context,
  _: CallerOf<"extendLicense">,
  { durationMs, ...named }: InputOf<"extendLicense">,
): Promise<Answer<"extendLicense">> {
  return changeLicense(context, named, {
    event: "licenseExtended",
    isUsable: true,
    content: ({ expiresAt }) => (expiresAt === null ? {} : { expiresAt: `${Math.floor(expiresAt / 1000)}` }),
    async write(tx, { id: licenseId }) {
      const { now } = context;
      const extended = await extendLicenseTerm(tx, licenseId, durationMs, now);
      if (extended) await moveExpiryByLicense(tx, { licenseId, expiresAt: extended.expiresAt, now });
      return extended;
    },
  });
}
