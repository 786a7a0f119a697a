import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import packed from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const startupMs = 30_000;
const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
// Chromium must ask nothing of the network, and judge requests between origins as a user's browser does.
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
const lax = ["--disable-web-security", "--allow-running-insecure-content"];

export interface Chromium extends AsyncDisposable {
  /** Absent when none could be started; then `reason` says why. */
  readonly browser?: Browser;
  readonly reason: string;
}

/** Starts the Chromium that comes through npm, or one that is installed. */
export async function startChromium(): Promise<Chromium> {
  await using opened = new AsyncDisposableStack();
  const reasons: string[] = [];
  for (const executable of [() => unpack(opened), ...installed.filter(existsSync).map((path) => () => path)]) {
    try {
      const browser = await chromium.launch({
        executablePath: await executable(),
        args: [...packed.args.filter((arg) => !lax.includes(arg)), ...quiet],
        timeout: startupMs,
      });
      opened.defer(() => browser.close());
      const running = opened.move();
      return { browser, reason: "", [Symbol.asyncDispose]: () => running.disposeAsync() };
    } catch (error) {
      reasons.push(String(error).split("\n", 1)[0] ?? "");
    }
  }
  return { reason: reasons.join("; "), [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** The package unpacks itself into the temporary directory and trusts what lies there, so it gets one of its own. */
async function unpack(opened: AsyncDisposableStack): Promise<string> {
  const before = process.env["TMPDIR"];
  const directory = mkdtempSync(join(tmpdir(), "latchkey-chromium-"));
  opened.defer(() => rmSync(directory, { recursive: true, force: true }));
  process.env["TMPDIR"] = directory;
  try {
    return await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
}
