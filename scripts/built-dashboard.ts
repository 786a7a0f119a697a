import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { DashboardFiles } from "@latchkey/server";
import { buildDashboard } from "./build-dashboard.ts";

/** The dashboard of these sources, for servers that are started here. */
export async function builtDashboard(): Promise<DashboardFiles> {
  const folder = await buildDashboard();
  const paths = globSync(["index.html", "assets/*"], { cwd: folder });
  return new Map(paths.map((path) => [path.split(sep).join("/"), readFileSync(join(folder, path))]));
}
