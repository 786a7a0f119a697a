import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { Config } from "@latchkey/server";
import { readableInstant } from "../output/spans.ts";
import { type Check, failure, ok, warning } from "./check.ts";

const name = "certificate";
const renewalMs = 14 * 86_400_000;

type Given = Pick<Config, "tlsCertificate" | "tlsKey" | "publicUrl">;

/** That of the server itself: whether it belongs to its key and its name, and until when it is good. */
export function checkCertificate({ tlsCertificate, tlsKey, publicUrl }: Given, now: number): Check {
  if (tlsCertificate === "") return ok(name, "none is set");
  const why = "clients do not connect to who cannot prove its name";
  let certificate: X509Certificate;
  let matches: boolean;
  try {
    certificate = new X509Certificate(readFileSync(tlsCertificate));
    matches = certificate.checkPrivateKey(createPrivateKey(readFileSync(tlsKey)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${tlsCertificate} with the key ${tlsKey} cannot be read: ${reason}`;
    return failure(name, { message, why, remedy: "name the files of a certificate and its key in PEM" });
  }
  const remedy = "renew it, and start the server again";
  if (!matches)
    return failure(name, {
      message: `${tlsKey} is the key of another certificate`,
      why,
      remedy: "name the key of this one",
    });
  const until = Date.parse(certificate.validTo);
  if (now >= until) return failure(name, { message: `it ended at ${readableInstant(until)}`, why, remedy });
  if (now < Date.parse(certificate.validFrom))
    return failure(name, { message: `it begins at ${certificate.validFrom}`, why, remedy: "look at the clock" });
  const host = publicUrl === "" ? undefined : new URL(publicUrl).hostname.replace(/^\[|\]$/g, "");
  if (host !== undefined && !isFor(certificate, host))
    return failure(name, {
      message: `it is not for ${host}, the name in publicUrl`,
      why,
      remedy: `get one for ${host}`,
    });
  if (until - now < renewalMs) return warning(name, { message: `it ends at ${readableInstant(until)}`, why, remedy });
  return ok(name, `good until ${readableInstant(until)}`);
}

function isFor(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;
}
