import type { OutputOf } from "@latchkey/protocol";
import { fields, table } from "./layout.ts";
import { readableDuration, readableInstant } from "./spans.ts";

type License = OutputOf<"showLicense">["license"];

export function licenseTable(licenses: readonly License[]): string {
  const heading = ["LICENSE", "STATE", "LEVELS", "SEATS", "DURATION", "EXPIRES", "ID"];
  return table(
    heading,
    licenses.map(({ license, state, levels, seats, durationMs, expiresAt, id }) => [
      license,
      state,
      levels.join(",") || "-",
      seats === undefined ? "-" : String(seats),
      durationMs === undefined ? "unlimited" : readableDuration(durationMs),
      instantOr("-", expiresAt),
      id,
    ]),
  );
}

export function licenseText(license: License): string {
  const { durationMs, seats } = license;
  return fields({
    License: license.license,
    Id: license.id,
    Application: license.applicationId,
    State: license.state,
    Levels: license.levels.join(","),
    Comment: license.comment,
    Duration: durationMs === undefined ? "unlimited" : readableDuration(durationMs),
    Seats: seats === undefined ? "unlimited" : String(seats),
    Client: license.clientId ?? (license.bindsClient ? "the first that uses it" : "any"),
    Account: license.accountId,
    Created: readableInstant(license.createdAt),
    Activated: instantOr("", license.activatedAt),
    Expires: instantOr("", license.expiresAt),
    "Last used": instantOr("", license.lastUsedAt),
  });
}

function instantOr(absent: string, at: number | undefined): string {
  return at === undefined ? absent : readableInstant(at);
}
