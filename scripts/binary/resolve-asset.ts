import { getAsset } from "node:sea";

/** Stands for `import.meta.resolve` in the single executable, where a module that a thread runs is an asset. */
export function resolveAsset(name: string): string {
  return `data:text/javascript;base64,${Buffer.from(getAsset(name, "utf8")).toString("base64")}`;
}
