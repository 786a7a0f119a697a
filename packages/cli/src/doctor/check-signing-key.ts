import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "@latchkey/server";
import { type Check, failure, ok, warning } from "./check.ts";

const name = "signing key";
const shortest = 32;

/** What secrets and download links are sealed with. */
export function checkSigningKey({
  signingKey,
  database,
  dataDirectory,
}: Pick<Config, "signingKey" | "database" | "dataDirectory">): Check {
  if (signingKey !== "") {
    if (new Set(signingKey).size >= 10) return ok(name, "from the settings");
    return warning(name, {
      message: "it repeats a few characters",
      why: "who guesses it can make links and open sealed secrets",
      remedy: "use what `openssl rand -base64 32` prints; secrets that were sealed have to be set again",
    });
  }
  const why = "secrets are sealed with it, and without it no server starts";
  if (database.kind === "postgres")
    return failure(name, {
      message: "none is set",
      why,
      remedy: "give every node the same in LATCHKEY_SIGNING_KEY, such as `openssl rand -base64 32` prints",
    });
  const path = join(dataDirectory, "signing.key");
  try {
    if (readFileSync(path, "utf8").trim().length >= shortest) return ok(name, path);
    return failure(name, { message: `${path} is damaged`, why, remedy: "take it from a backup" });
  } catch {
    return ok(name, `${path} is made at the first start`);
  }
}
