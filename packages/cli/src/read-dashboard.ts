import { existsSync, globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { DashboardFiles } from "@latchkey/server";

/** Beside the code of this program: in the packed command, and in the workspace once it was built. */
const folders = ["../dashboard", "../../dashboard/dist"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** The built dashboard; nothing where it was not built. */
export function readDashboard(): { readonly dashboard?: DashboardFiles } {
  const folder = folders.find((each) => existsSync(join(each, "index.html")));
  if (folder === undefined) return {};
  const paths = globSync(["index.html", "assets/*"], { cwd: folder });
  return { dashboard: new Map(paths.map((path) => [path.split(sep).join("/"), readFileSync(join(folder, path))])) };
}
