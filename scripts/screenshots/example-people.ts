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
