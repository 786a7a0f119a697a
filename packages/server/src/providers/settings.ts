import { providerSettings, type ProviderSettings } from "@latchkey/protocol";
import * as v from "valibot";

/** How a provider is spoken to, from its row. */
export function settingsOfProvider(settings: string): ProviderSettings {
  return v.parse(providerSettings, JSON.parse(settings));
}
