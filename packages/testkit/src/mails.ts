import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { eventually } from "./eventually.ts";
import type { TestServer } from "./test-server.ts";

/** A mail as its reader sees it. */
export interface ReadMail {
  readonly to: string | undefined;
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The link in its text, and the secret that ends it. */
  readonly link: string;
  readonly secret: string;
}

/** What has become a file, in the order of their names. */
export async function readOutbox(server: Pick<TestServer, "dataDirectory">, folder = "outbox"): Promise<ReadMail[]> {
  const directory = join(server.dataDirectory, folder);
  const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith(".eml")) : [];
  return Promise.all(names.sort().map((name) => readMail(readFileSync(join(directory, name)))));
}

/** The mails to somebody, as soon as there are so many; the newest is the last unless they were sent at one instant. */
export async function readMails(server: Pick<TestServer, "dataDirectory">, to: string, count = 1): Promise<ReadMail[]> {
  let found: ReadMail[] = [];
  await eventually(`${count} mails to ${to}`, async () => {
    found = (await readOutbox(server)).filter((mail) => mail.to === to);
    return found.length >= count;
  });
  return found;
}

export async function readMail(bytes: Buffer): Promise<ReadMail> {
  const { to, from, subject = "", text = "", html = "", headers } = await PostalMime.parse(bytes);
  const [link = ""] = /https?:\/\/\S+/.exec(text) ?? [];
  return {
    to: to?.map(({ address }) => address).join(),
    from: { name: from?.name ?? "", address: from?.address ?? "" },
    subject,
    text,
    html,
    headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])),
    link,
    secret: link.slice(link.lastIndexOf("/") + 1),
  };
}
