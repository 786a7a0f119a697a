import { linkPath, type OutputOf } from "@latchkey/protocol";
import { type Console, type ProcessUsage, startServer, systemClock } from "@latchkey/server";
import { command } from "../command.ts";
import { readDashboard } from "../read-dashboard.ts";
import type { Failure } from "../failure.ts";
import { applicationText } from "../output/application-text.ts";
import { refused } from "../refused.ts";
import { stopSignal } from "../stop-signal.ts";

export const serve = command({
  name: "serve",
  about: "serve until a signal to stop",
  settings: ["host", "port"],
  async run({ config, output, log }) {
    using stop = stopSignal(log);
    await using server = await startServer(config, { clock: systemClock, log, usage, ...readDashboard() });
    const demo = await firstStart(server.console);
    if (demo && "exitCode" in demo) return demo;
    if (demo) output.text(banner(demo));
    const setUp = await server.console.call("offerSetUp", {});
    if (!setUp.ok) return refused(setUp);
    const dashboard = config.publicUrl === "" ? server.url : config.publicUrl;
    const { secret } = setUp.output;
    const setUpLink = secret === undefined ? undefined : dashboard + linkPath("setUp", secret);
    output.text(`listening on ${server.url}`);
    // Last, where it is seen.
    if (setUpLink !== undefined) output.text(invitation(dashboard, setUpLink));
    output.json({ url: server.url, ...(setUpLink !== undefined && { setUpLink }) });
    await stop.received;
    return undefined;
  },
});

function usage(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpuSeconds: (user + system) / 1e6, residentBytes: rss, heapUsedBytes: heapUsed };
}

interface DemoProduct {
  readonly application: OutputOf<"createApplication">["application"];
  readonly license: string;
}

/** Where there is no application yet, one with a license, so that there is something to connect to. */
async function firstStart(console: Console): Promise<DemoProduct | Failure | undefined> {
  const existing = await console.call("listApplications", {});
  if (!existing.ok) return refused(existing);
  if (existing.output.applications.length > 0) return undefined;
  const created = await console.call("createApplication", { name: "Demo Product" });
  if (!created.ok) return refused(created);
  const { application } = created.output;
  const licensed = await console.call("createLicenses", { applicationId: application.id, count: 1 });
  if (!licensed.ok) return refused(licensed);
  return { application, license: licensed.output.licenses[0]?.license ?? "" };
}

/** While nobody owns the server. */
function invitation(dashboard: string, setUpLink: string): string {
  return `
Nobody owns this server yet. Whoever opens this link becomes its owner; it works once, for a day:

Dashboard      ${dashboard}/
Set up         ${setUpLink}
`;
}

function banner({ application, license }: DemoProduct): string {
  return `First start: made an application to try things with, and a license of it.

${applicationText(application)}
License        ${license}
`;
}
