import type { Measure } from "@latchkey/server/storage/tables-metrics.ts";
import { must, openLive, packet, RestPeer, storeFile, type TestServer } from "@latchkey/testkit";

interface ExampleProduct {
  readonly id: string;
  readonly websocketApiKey: string;
  readonly apiKeys: Readonly<Record<string, string>>;
}

const password = "a long enough password";
const people = [
  "ada",
  "alan",
  "barbara",
  "claude",
  "dennis",
  "edsger",
  "frances",
  "grace",
  "hedy",
  "john",
  "katherine",
];
const more = ["ken", "leslie", "margaret", "niklaus", "radia", "robin", "sophie", "tim", "tony", "vint", "whitfield"];
const devices = ["macbook-pro", "workstation", "studio-pc", "laptop", "render-node"];

/** Accounts, whoever of them is connected, and what their program reads. */
export async function examplePeople(server: TestServer, product: ExampleProduct): Promise<string> {
  const { console: operator } = server;
  const applicationId = product.id;
  const ids: string[] = [];
  for (const [order, name] of [...people, ...more].entries()) {
    const { account } = await must(operator, "addAccount", {
      applicationId,
      credentialsType: isMail(order) ? 1 : 0,
      identity: identityOf(name, order),
      password,
    });
    ids.push(account.id);
  }
  const at = (index: number) => ids.at(index) ?? "";
  for (const accountId of [at(0), at(4), at(7)]) await must(operator, "giveRole", { accountId, role: "moderator" });
  await must(operator, "giveRole", { accountId: at(0), role: "beta-tester" });
  for (const accountId of [at(3), at(12)]) await must(operator, "disableAccount", { accountId });
  const { licenses } = await must(operator, "createLicenses", { applicationId, count: 24, levels: ["pro"] });
  await must(operator, "linkLicense", { license: licenses[23]?.id ?? "", accountId: at(0) });
  for (let order = 0; order < 34; order++) {
    const peer = await openLive(server, product, `${devices[order % devices.length] ?? ""}-${1_000 + order * 37}`);
    const license = licenses[order]?.license;
    if (order % 4 === 0 || license === undefined) {
      const who = order % people.length;
      const login = identityOf(people[who] ?? "", who);
      await peer.request(packet.authorizeByCredentials, { login, password, credentials_type: isMail(who) ? 1 : 0 });
    } else if (order % 4 !== 3) await peer.request(packet.authorizeByLicense, { license });
  }
  for (let order = 0; order < 3; order++) await RestPeer.of(server, product, "JS").login("ada@example.org", password);
  const variables: readonly (readonly [string, string, boolean])[] = [
    ["news.headline", "Version 4.3 is here: faster export, and a dark room that is really dark.", true],
    ["update.url", "https://photon.example/download/4.3", true],
    ["feature.flags", JSON.stringify({ rawImport: true, cloudSync: "beta", maxLayers: 128 }), false],
    ["render.endpoint", "https://render.photon.example/v2", false],
    ["support.email", "support@photon.example", true],
  ];
  for (const [name, content, isPublic] of variables)
    await must(operator, "setVariable", { applicationId, name, content, public: isPublic });
  for (const [name, size] of [
    ["photon-4.3-x64.dmg", 900_000],
    ["photon-4.3-setup.exe", 700_000],
    ["presets.zip", 84_000],
    ["lut-pack.bin", 12_345],
  ] as const) {
    await storeFile(operator, product, name, Buffer.alloc(size, name));
  }
  return at(0);
}

function isMail(order: number): boolean {
  return order % 3 !== 2;
}

function identityOf(name: string, order: number): string {
  return isMail(order) ? `${name}@example.org` : `${name}_the_first`;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const quarterMs = 15 * minuteMs;
const hoursShown = 30 * 24;
const hoursOfMinutes = 26;
const refusals = ["licenseNotFound", "credentialsWrong", "licenseExpired", "sessionQuotaReached"];

/** A month of use, as if it had been measured: busy by day, quiet by night, a little more each week. */
export async function exampleMonth({ db }: TestServer, { websocketApiKey }: ExampleProduct): Promise<void> {
  const found = db.selectFrom("application").select("id").where("websocketApiKey", "=", websocketApiKey);
  const { id: applicationId } = await found.executeTakeFirstOrThrow();
  const thisHour = Math.floor(Date.now() / hourMs) * hourMs;
  const rows: Measure[] = [];
  const put = (span: Measure["span"], startsAt: number, name: string, count: number) => {
    if (count > 0) rows.push({ applicationId, span, startsAt, name, count: Math.round(count) });
  };
  // Minutes are kept for a day and more, and become hours then.
  for (let quarter = 0; quarter < 4 * hoursShown; quarter++) {
    const isRecent = quarter < 4 * hoursOfMinutes;
    if (!isRecent && quarter % 4 !== 0) continue;
    const startsAt = thisHour - quarter * quarterMs;
    const daily = 1 + Math.sin((2 * Math.PI * (startsAt / hourMs - 8)) / 24);
    const busy = (daily + 0.15) * (1.4 - quarter / (8 * hoursShown));
    const [span, share] = isRecent ? (["minute", 0.25] as const) : (["hour", 1] as const);
    put(span, startsAt, "online", 90 * busy + (quarter % 7));
    put(span, startsAt, "authorizations", share * (55 * busy + (quarter % 5)));
    put(span, startsAt, "signUps", share * (8 * busy + (quarter % 3)));
    for (const [order, refusal] of refusals.entries())
      put(span, startsAt, `refused:${refusal}`, share * (14 - 3 * order) * busy * (1 + (quarter % (3 + order))));
  }
  for (let minute = 0; minute < (Date.now() - thisHour) / minuteMs; minute++)
    put("minute", thisHour + minute * minuteMs, "online", 80 + (minute % 9));
  for (let from = 0; from < rows.length; from += 500)
    await db
      .insertInto("measure")
      .values(rows.slice(from, from + 500))
      .onConflict((c) => c.doNothing())
      .execute();
}
