import { existsSync, globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import sea from "node:sea";
import { fileURLToPath } from "node:url";
import type { DashboardFiles } from "@latchkey/server";

/** Beside the code of this program: in the packed command, and in the workspace once it was built. */
const folders = ["../dashboard", "../../dashboard/dist"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

const executablePrefix = "dashboard/";

/** The built dashboard; nothing where it was not built. */
export function readDashboard(): { readonly dashboard?: DashboardFiles } {
  if (sea.isSea()) return { dashboard: ofExecutable() };
  const folder = folders.find((each) => existsSync(join(each, "index.html")));
  if (folder === undefined) return {};
  const paths = globSync(["index.html", "assets/*"], { cwd: folder });
  return { dashboard: new Map(paths.map((path) => [path.split(sep).join("/"), readFileSync(join(folder, path))])) };
}

/** The single executable has it inside. */
function ofExecutable(): DashboardFiles {
  const keys = sea.getAssetKeys().filter((key) => key.startsWith(executablePrefix));
  return new Map(keys.map((key) => [key.slice(executablePrefix.length), Buffer.from(sea.getAsset(key))]));
}
