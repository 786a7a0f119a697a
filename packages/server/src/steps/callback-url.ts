import type { Context } from "#context.ts";
import type { Application, Provider } from "#storage/tables.ts";

/** Where a provider sends browsers back to: the address that it has to know beforehand. */
export function callbackUrl(
  { publicUrl }: Context,
  application: Pick<Application, "id" | "settings">,
  { name }: Pick<Provider, "name">,
): string {
  return `${publicUrl.ofApplication(application)}/${application.id}/users/oauth/${name}/callback`;
}
