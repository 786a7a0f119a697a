import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Config } from "#config.ts";
import { type Delivery, envelopeOf } from "./delivery.ts";
import type { Letter } from "./letter.ts";

const keptMs = 7 * 86_400_000;
const nameForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/;

/** The folder that mails become files in: all of them without SMTP, and those that nobody took in `failed` (US-MAIL-2). */
export class Outbox implements Delivery {
  readonly #directory: string;
  readonly #from: string;
  readonly #transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });

  constructor({ dataDirectory, mailFrom }: Pick<Config, "dataDirectory" | "mailFrom">, ...below: readonly string[]) {
    this.#directory = join(dataDirectory, "outbox", ...below);
    this.#from = mailFrom || "latchkey@localhost";
  }

  async deliver(letter: Letter): Promise<void> {
    const { message } = await this.#transport.sendMail(envelopeOf(letter, this.#from));
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const path = join(this.#directory, nameOf(letter));
    // Under another name first: whoever watches the folder finds whole mails only.
    await using file = await open(`${path}.part`, "wx", 0o600);
    await file.writeFile(message);
    await file.sync();
    await rename(`${path}.part`, path);
  }

  /** Deletes what has lain there for 7 days by the time in its name. */
  async deleteOld(now: number): Promise<void> {
    for (const name of await namesIn(this.#directory)) {
      const [, year, month, ...rest] = nameForm.exec(name)?.map(Number) ?? [];
      if (year === undefined || month === undefined) continue;
      const [day, hour, minute, second] = rest;
      if (Date.UTC(year, month - 1, day, hour, minute, second) + keptMs <= now) await rm(join(this.#directory, name));
    }
  }

  [Symbol.dispose](): void {
    this.#transport.close();
  }
}

function nameOf({ at, kind }: Letter): string {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
  return `${time}-${kind}-${randomBytes(8).toString("hex")}.eml`;
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
