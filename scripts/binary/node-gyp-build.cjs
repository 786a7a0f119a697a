// Stands for the package of this name in the single executable, where bcrypt's compiled part is an asset. The system
// loads code from files alone, so it is one for a moment: in a folder that is only ours, and when it is first needed.
const { mkdtempSync, rmSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { tmpdir } = process.getBuiltinModule("node:os");
const { join } = process.getBuiltinModule("node:path");
const { getRawAsset } = process.getBuiltinModule("node:sea");

const name = "bcrypt.node";
let loaded;

function load() {
  let folder;
  try {
    folder = mkdtempSync(join(tmpdir(), "latchkey-"));
    const file = join(folder, name);
    writeFileSync(file, new Uint8Array(getRawAsset(name)), { mode: 0o700 });
    const addon = { exports: {} };
    process.dlopen(addon, file);
    return addon.exports;
  } catch (cause) {
    throw new Error(`${tmpdir()} must be a place that code can be loaded from; TMPDIR names another`, { cause });
  } finally {
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = () => new Proxy({}, { get: (_, property) => (loaded ??= load())[property] });
