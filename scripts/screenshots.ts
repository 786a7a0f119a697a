// Pictures of every page of the dashboard, light, dark and on a phone:
// node scripts/screenshots.ts FOLDER [part of a page's name …]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startTestServer } from "@latchkey/testkit";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { startChromium } from "../e2e/browser/chromium.ts";
import { builtDashboard } from "./built-dashboard.ts";
import type { Picture } from "./screenshots/picture.ts";
import { pictures, welcomePictures } from "./screenshots/pictures.ts";
import { exampleData, type ExampleData } from "./screenshots/example-data.ts";

const looks = {
  light: { viewport: { width: 1360, height: 860 }, colorScheme: "light" },
  dark: { viewport: { width: 1360, height: 860 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", deviceScaleFactor: 2, isMobile: true },
} as const;
const idleWithinMs = 2_500;
type Look = keyof typeof looks;

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node scripts/screenshots.ts FOLDER [part of a page's name …]");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
await using chromium = await startChromium();
if (!chromium.browser) throw new Error(chromium.reason);
await using server = await startTestServer({ dashboard: await builtDashboard() });
const example = await exampleData(server);
const allLooks: readonly Look[] = ["light", "dark", "phone"];
// Nobody is signed in yet; later the contexts of this Chromium share their cookies.
for (const look of allLooks) await take(chromium.browser, look, welcomePictures, undefined, folder);
const state = await signedIn(chromium.browser, example);
for (const look of allLooks) await take(chromium.browser, look, pictures, state, folder);

type SignedIn = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Through the page that the link of a first start leads to. */
async function signedIn(browser: Browser, { url, setUpSecret, password }: ExampleData): Promise<SignedIn> {
  const context = await browser.newContext(looks.light);
  const page = await context.newPage();
  await page.goto(`${url}/#/set-up/${setUpSecret}`);
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("E-mail address").fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("button", { name: "Not now" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  return context.storageState();
}

async function take(
  browser: Browser,
  look: Look,
  list: readonly Picture[],
  state: SignedIn | undefined,
  into: string,
): Promise<void> {
  // Left open: a Chromium in a single process ends with its first context.
  const context = await browser.newContext({
    ...looks[look],
    reducedMotion: "reduce",
    ...(state && { storageState: state }),
  });
  for (const { name, path, before } of list) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
    const page = await context.newPage();
    watch(page, `${name} ${look}`);
    await page.goto(`${example.url}/#${path(example)}`);
    await settled(page);
    await before?.(page);
    await settled(page);
    await page.screenshot({
      path: join(into, `${name}-${look}.png`),
      fullPage: !(await page.locator("[aria-modal=true]").count()),
    });
    await page.close();
  }
}

async function settled(page: Page): Promise<void> {
  // A page that follows what it shows is never idle.
  await page.waitForLoadState("networkidle", { timeout: idleWithinMs }).catch(() => undefined);
  await page.locator("[role=status] .mantine-Skeleton-root").first().waitFor({ state: "detached" });
}

/** A page that complains is told about: scripts that fail, what the content security policy keeps out. */
function watch(page: Page, where: string): void {
  page.on("pageerror", (error) => console.error(`${where}: ${error.message}`));
  page.on("console", (message) => {
    const isRefusal = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isRefusal) console.error(`${where}: ${message.text()}`);
  });
}
