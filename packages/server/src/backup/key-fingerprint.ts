import type { Config } from "#config.ts";
import { signingKey } from "#crypto/signing-key.ts";

/** Tells whether two keys are the same, and nothing else about them. */
export function keyFingerprint(config: Config): string {
  return signingKey(config, "backups").toString("hex");
}
