import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "@latchkey/server";
import { type Check, ok, warning } from "./check.ts";

const name = "secret files";

/** Of what lies in the data directory, and the key of the certificate: each is for its owner alone. */
export function checkSecretFiles({ dataDirectory, tlsKey }: Pick<Config, "dataDirectory" | "tlsKey">): Check {
  const inside = ["signing.key", "latchkey.db", "latchkey.toml"].map((file) => join(dataDirectory, file));
  const files = [...inside, ...(tlsKey === "" ? [] : [tlsKey])].filter((file) => existsSync(file));
  const open = process.platform === "win32" ? [] : files.filter((file) => (statSync(file).mode & 0o007) !== 0);
  if (open.length === 0) return ok(name, `${files.length} are for the server alone`);
  return warning(name, {
    message: `everybody on this machine may read ${open.join(", ")}`,
    why: "who has the signing key or the key of the certificate can pretend to be this server",
    remedy: `chmod 0600 ${open.join(" ")}`,
  });
}
