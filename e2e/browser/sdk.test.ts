import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Declare, type Faults, type Seeds, seedsOf, startTestServer, within } from "@latchkey/testkit";
import { build } from "esbuild";
import { startChromium } from "./chromium.ts";
import { serveSite } from "./site.ts";

const suite = import.meta.resolve("../../packages/client/src/client.contract.ts");
const assert = import.meta.resolve("./assert.ts");

test("[LP-SDK-4] the suite of the SDK holds in Chromium", async (t) => {
  await using chromium = await startChromium();
  const { browser, reason } = chromium;
  if (!browser) {
    t.skip(`no Chromium starts here: ${reason}`);
    return;
  }
  await using server = await startTestServer();
  await using site = await serveSite(await bundled());
  const page = await browser.newPage();
  const seeds = seedsOf(server);
  await page.exposeFunction("newApplication", seeds.newApplication);
  await page.exposeFunction("newLicense", seeds.newLicense);
  await page.exposeFunction("newFile", seeds.newFile);
  await page.exposeFunction("operate", seeds.operate);
  const networks: Faults[] = [];
  await page.exposeFunction("openNetwork", async () => {
    const network = await seeds.newNetwork();
    return { id: networks.push(network) - 1, url: network.url };
  });
  await page.exposeFunction("fault", (id: number, name: "close" | FaultName, ...given: never[]) => {
    const network = networks[id]!;
    if (name === "close") return network[Symbol.asyncDispose]();
    const fault: (...given: never[]) => Promise<void> = network[name];
    return fault.apply(network, given);
  });
  await page.goto(site.url);

  const outcomes = await within(page.evaluate(runInPage, server.url), "the suite to end in the page", 115_000);
  for (const { title, error } of outcomes) {
    await t.test(title, () => {
      if (error !== undefined) throw new Error(error);
    });
  }
});

type FaultName = Exclude<keyof Faults, "url" | symbol>;

/** The functions of this process that the page has. */
interface Exposed extends Pick<Seeds, "newApplication" | "newLicense" | "newFile" | "operate"> {
  readonly openNetwork: () => Promise<{ readonly id: number; readonly url: string }>;
  readonly fault: (id: number, name: "close" | FaultName, ...given: unknown[]) => Promise<void>;
}

interface Outcome {
  readonly title: string;
  readonly error?: string;
}

/** Runs inside the page, where the bundle has left the suite and Playwright the functions of the seeds. */
async function runInPage(url: string): Promise<Outcome[]> {
  const page = globalThis as typeof globalThis &
    Exposed & { readonly sdk: { clientContract(test: Declare, seeds: Seeds): void } };
  const tests: { readonly title: string; readonly run: () => void | Promise<void> }[] = [];
  page.sdk.clientContract((title, run) => tests.push({ title, run }), {
    url,
    newApplication: page.newApplication,
    newLicense: page.newLicense,
    newFile: page.newFile,
    operate: page.operate,
    newNetwork: async () => {
      const { id, url: networkUrl } = await page.openNetwork();
      return {
        url: networkUrl,
        cut: () => page.fault(id, "cut"),
        stall: (...directions) => page.fault(id, "stall", ...directions),
        refuse: () => page.fault(id, "refuse"),
        cutAfter: (...sizes) => page.fault(id, "cutAfter", ...sizes),
        heal: () => page.fault(id, "heal"),
        [Symbol.asyncDispose]: () => page.fault(id, "close"),
      };
    },
  });
  const outcomes: Outcome[] = [];
  for (const { title, run } of tests) {
    const tooLate = new Promise((_, reject) => setTimeout(reject, 15_000, new Error("not over after 15 s")));
    try {
      await Promise.race([run(), tooLate]);
      outcomes.push({ title });
    } catch (error) {
      outcomes.push({ title, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return outcomes;
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(suite)],
    bundle: true,
    format: "iife",
    globalName: "sdk",
    platform: "browser",
    alias: { "node:assert/strict": fileURLToPath(assert) },
    write: false,
  });
  return outputFiles.map(({ text }) => text).join("\n");
}
