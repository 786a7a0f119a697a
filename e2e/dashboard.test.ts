import assert from "node:assert/strict";
import { after, test } from "node:test";
import { must, startTestServer } from "@latchkey/testkit";
import { builtDashboard } from "../scripts/built-dashboard.ts";
import { barriers } from "./browser/barriers.ts";
import { startChromium } from "./browser/chromium.ts";

const chromium = await startChromium();
after(() => chromium[Symbol.asyncDispose]());

test(
  "[MG-DASH-4] from nothing to a license that is sold, paused and running again, without a mouse's worth of trouble",
  {
    skip: chromium.browser ? false : chromium.reason,
  },
  async () => {
    await using server = await startTestServer({ dashboard: await builtDashboard() });
    const { secret = "" } = await must(server.console, "offerSetUp", {});
    const page = await chromium.browser!.newPage({ reducedMotion: "reduce", viewport: { width: 1280, height: 900 } });
    const complaints: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().startsWith("Failed to load")) complaints.push(message.text());
    });
    const found: string[] = [];
    const head = page.locator(".lk-page-head");
    const look = async (name: string) => {
      for (const barrier of await barriers(page)) found.push(`${name}: ${barrier}`);
    };

    await page.goto(`${server.url}/#/set-up/${secret}`);
    await page.getByLabel("Your name").fill("Ada Lovelace");
    await page.getByLabel("E-mail address").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill("otter piano window lamp");
    await look("set-up");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("button", { name: "Not now" }).click();

    await page.getByRole("button", { name: "New application" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Photon Studio");
    await look("new application");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Go to the application" }).click();
    await look("keys");
    await page.getByRole("tab", { name: "Behavior" }).click();
    await page.getByText("Accounts need a license").waitFor();
    await look("settings");
    await page.getByText("Accounts need a license").click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Your changes are saved.").waitFor();

    await page.getByRole("link", { name: "Licenses" }).click();
    await page.getByRole("button", { name: "Create licenses" }).first().click();
    await look("create licenses");
    await page.getByRole("button", { name: "Create license", exact: true }).click();
    await page.getByRole("button", { name: "Open the license" }).click();
    await head.getByText("Available").waitFor();
    await look("license");
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByLabel("Reason").fill("Refunded");
    await look("confirmation");
    await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
    await head.getByText("Paused").waitFor();
    await page.getByText("“Refunded”").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await head.getByText("Available").waitFor();
    await page.getByRole("link", { name: "Licenses" }).first().click();
    await page.getByRole("row").nth(1).waitFor();
    await look("licenses");

    await page.emulateMedia({ colorScheme: "dark" });
    await look("licenses in the dark");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Settings" }).waitFor();
    await look("menu of a phone");

    const { applications } = await must(server.console, "listApplications", {});
    assert.equal(applications[0]?.settings.licenseRequired, true);
    const { licenses } = await must(server.console, "listLicenses", { applicationId: applications[0].id });
    assert.deepEqual(
      licenses.map(({ state }) => state),
      ["available"],
    );
    assert.deepEqual(complaints, []);
    assert.deepEqual(found, []);
  },
);
