import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  newApplication,
  readMails,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { type Chromium, startChromium } from "./chromium.ts";

const phone = { width: 320, height: 568 };
const email = "ann@example.com";

suite("link pages in Chromium", () => {
  let chromium: Chromium;
  let server: TestServer;
  /** One for all tests: this Chromium is a single process, and does not survive the end of a page. */
  let page: Page;
  const complaints: string[] = [];
  before(async () => {
    chromium = await startChromium();
    server = await startTestServer();
    if (!chromium.browser) return;
    page = await chromium.browser.newPage({ viewport: phone });
    page.setDefaultTimeout(10_000);
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("400 (Bad Request)")) complaints.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(server.url)) complaints.push(`it asks ${request.url()}`);
    });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await chromium[Symbol.asyncDispose]();
  });

  async function invite(locale?: string) {
    const product = await newApplication(server.console, { emailConfirmationRequired: true, passwordMinLength: 8 });
    const to = `${product.id.toLowerCase()}-${email}`;
    await addAccount(server, product, { email: to, status: "unconfirmed", ...(locale !== undefined && { locale }) });
    const rest = RestPeer.of(server, product);
    return { rest, to };
  }

  const canSignIn = async (rest: RestPeer, login: string, password: string) =>
    (await rest.post("/users/login", { login, password })).status === 200;

  /** What axe finds wrong, and whether anything is wider than a phone. */
  async function examine(): Promise<void> {
    const violations = await page.evaluate(async (source) => {
      // The page forbids scripts to itself, not to who examines it.
      (0, eval)(source);
      const tool = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; help: string }[] }> } };
      return (await tool.axe.run()).violations.map(({ id, help }) => `${id}: ${help}`);
    }, axe.source);
    assert.deepEqual(violations, []);
    const width = await page.evaluate<number>("document.documentElement.scrollWidth");
    assert.ok(width <= phone.width, `${width} px wide`);
  }

  for (const colorScheme of ["light", "dark"] as const) {
    test(`[US-CONF-2] [US-CONF-3] [US-SEC-10] a person confirms an address on a phone (${colorScheme})`, async (t) => {
      if (!chromium.browser) {
        t.skip(`no Chromium starts here: ${chromium.reason}`);
        return;
      }
      const { rest, to } = await invite();
      await rest.post(`/users/resendconfirmation/${to}`);
      const [mail] = await readMails(server, to);
      await page.emulateMedia({ colorScheme });
      await page.goto(mail!.link);
      await examine();
      assert.equal(await canSignIn(rest, to, userPassword), false);
      assert.equal(await page.evaluate("getComputedStyle(document.querySelector('main')).borderRadius"), "12px");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Address confirmed" }).waitFor();
      await examine();
      assert.equal(await canSignIn(rest, to, userPassword), true);
      assert.deepEqual(complaints, []);
    });

    test(`[US-RECOV-4] [US-SEC-10] a person sets a new password on a phone (${colorScheme})`, async (t) => {
      if (!chromium.browser) {
        t.skip(`no Chromium starts here: ${chromium.reason}`);
        return;
      }
      const { rest, to } = await invite("de");
      await rest.get(`/users/restorepassword/${to}`);
      const [mail] = await readMails(server, to);
      await page.emulateMedia({ colorScheme });
      await page.goto(mail!.link);
      await examine();
      const password = page.getByLabel("Neues Passwort");
      await password.fill("kürzer");
      await page.getByRole("button", { name: "Passwort festlegen" }).click();
      assert.equal(await page.evaluate("password.validity.tooShort"), true);
      // The browser counts other things than the server does: what gets past it is told by the page.
      await page.evaluate("password.removeAttribute('minlength')");
      await page.getByRole("button", { name: "Passwort festlegen" }).click();
      await page.getByRole("alert").waitFor();
      await examine();
      await password.fill("länger als acht");
      await page.getByRole("button", { name: "Passwort festlegen" }).click();
      await page.getByRole("heading", { name: "Passwort geändert" }).waitFor();
      await examine();
      assert.equal(await canSignIn(rest, to, "länger als acht"), true);
      await page.goto(mail!.link);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await examine();
      assert.deepEqual(complaints, []);
    });
  }
});
