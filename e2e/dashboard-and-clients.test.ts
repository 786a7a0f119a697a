import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { orThrow, Session, Status } from "@latchkey/client";
import type { Page } from "playwright-core";
import { buildDashboard } from "../scripts/build-dashboard.ts";
import { newDirectory, type Served, serve } from "./latchkey.ts";
import { barriers } from "./browser/barriers.ts";
import { type Chromium, startChromium } from "./browser/chromium.ts";

async function assertAccessible(page: Page, where: string): Promise<void> {
  assert.deepEqual(await barriers(page), [], where);
}

const password = "otter piano window lamp";

suite("the dashboard in Chromium", async () => {
  let chromium: Chromium;
  let served: Served;
  let page: Page;
  let setUpLink = "";
  before(async () => {
    await buildDashboard();
    chromium = await startChromium();
    served = await serve(newDirectory(), "--json");
    const { setUpLink: link } = JSON.parse(served.lines.join("\n")) as { setUpLink: string };
    setUpLink = link;
    const context = await chromium.browser!.newContext({
      reducedMotion: "reduce",
      viewport: { width: 1280, height: 900 },
    });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
  });
  after(async () => {
    await served[Symbol.asyncDispose]();
    await chromium[Symbol.asyncDispose]();
  });

  let websocketKey = "";
  let license = "";

  test("[MG-DASH-4] the first owner is made by the link of the first start, and by nothing else", async () => {
    await page.goto(served.url);
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await assertAccessible(page, "sign-in");
    await page.goto(setUpLink);
    await page.getByLabel("Your name").fill("Ada Lovelace");
    await page.getByLabel("E-mail address").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await assertAccessible(page, "set-up");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("button", { name: "Not now" }).click();
    await page.getByRole("link", { name: "Applications" }).waitFor();
  });

  test("[MG-DASH-4] an application and a license are made on its pages", async () => {
    await page.getByRole("link", { name: "Applications" }).click();
    await page.getByRole("button", { name: "New application" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Photon Studio");
    await page.getByRole("button", { name: "Create application" }).click();
    await page.getByRole("button", { name: "Go to the application" }).click();
    await page.getByRole("button", { name: "Show: WebSocket key" }).click();
    websocketKey = await page
      .getByText(/^BA[0-9A-Z]{19}$/)
      .first()
      .innerText();
    await assertAccessible(page, "keys");
    await page.getByRole("link", { name: "Licenses" }).click();
    await page.getByRole("button", { name: "Create licenses" }).first().click();
    await page.getByRole("button", { name: "Create license", exact: true }).click();
    license = await page
      .getByText(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/)
      .first()
      .innerText();
    await assertAccessible(page, "a license that was created");
    await page.getByRole("button", { name: "Done" }).click();
  });

  test("[MG-DASH-4] a client is seen to connect, loses what a pause takes, and gets it back", async () => {
    await page.getByRole("link", { name: "Live sessions" }).click();
    await page.getByText("Nobody is connected").waitFor();
    await using session = new Session({ url: served.url });
    await session.connect();
    orThrow(await session.initialize(websocketKey, "device-of-ada"));
    orThrow(await session.authorize(license));
    await page.getByText("device-of-ada").first().waitFor();
    await page.getByRole("link", { name: license }).first().waitFor();
    await assertAccessible(page, "live sessions");

    const stopped = new Promise((resolve) => {
      session.on("panelEvent", resolve);
    });
    orThrow(await session.enablePanelEvents());
    await page.getByRole("link", { name: license }).first().click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
    await stopped;
    assert.equal((await session.getCurrentLicense()).status, Status.NotAuthorized);
    await page.getByText("Paused").first().waitFor();
    await assertAccessible(page, "a paused license");

    await page.getByRole("button", { name: "Unpause" }).first().click();
    await page.locator(".lk-page-head").getByText("Activated").waitFor();
    orThrow(await session.authorize(license));
    await page.getByRole("button", { name: "Blacklist" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Blacklist" }).click();
    await page.getByText("Blacklisted").first().waitFor();
    const refused = await session.authorize(license);
    assert.equal(refused.status, Status.LicenseBlacklisted);
  });

  test("[MG-DASH-4] every page is accessible in the dark, too, and none asks for what it may not", async () => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    const links = await page.getByRole("navigation").first().getByRole("link").all();
    const places = await Promise.all(links.map((link) => link.getAttribute("href")));
    for (const place of new Set(places)) {
      await page.goto(new URL(place ?? "/", served.url).href);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      await assertAccessible(page, place ?? "");
    }
    assert.deepEqual(complaints, []);
  });
});
