import type { Config } from "@latchkey/server";

/** Where people open the dashboard of a server with these settings. */
export function dashboardUrl({ publicUrl, host, port, tlsCertificate }: Config): string {
  if (publicUrl !== "") return publicUrl;
  return `${tlsCertificate === "" ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
