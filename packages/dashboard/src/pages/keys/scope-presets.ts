import type { Scope } from "@latchkey/protocol";
import type { texts } from "#texts/texts.ts";

type PresetName = keyof typeof texts.keys.create.presets;

/** What keys are mostly for, with no scope more than that takes. */
export const scopePresets: Readonly<Record<PresetName, readonly Scope[]>> = {
  sell: ["licenses:create", "licenses:read"],
  support: ["accounts:read", "licenses:read", "licenses:update", "sessions:read", "sessions:disconnect"],
  publish: ["files:upload", "files:read"],
  watch: ["metrics:read", "audit:read"],
};

export const presetNames = ["sell", "support", "publish", "watch"] as const;
