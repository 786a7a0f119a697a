import { settingsOf } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import type { Application, Provider } from "#storage/tables.ts";

/** Where a provider sends browsers back to: the address that it has to know beforehand. */
export function callbackUrl(
  { downloadLinks }: Context,
  application: Pick<Application, "id" | "settings">,
  { name }: Pick<Provider, "name">,
): string {
  const start = settingsOf(application).publicUrl || downloadLinks.publicUrl;
  return `${start}/${application.id}/users/oauth/${name}/callback`;
}
