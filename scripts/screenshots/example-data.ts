import { must, type TestServer } from "@latchkey/testkit";
import { exampleMonth, examplePeople } from "./example-people.ts";
import { exampleServer } from "./example-server.ts";
import { exampleTold } from "./example-told.ts";

export interface ExampleData {
  readonly url: string;
  readonly setUpSecret: string;
  readonly password: string;
  readonly applicationId: string;
  /** Of a license that is used, and of one that nobody has used. */
  readonly activated: string;
  readonly available: string;
  /** An account with roles, licenses and sessions. */
  readonly person: string;
  /** One that was sent something. */
  readonly webhook: string;
  /** An application that nobody uses yet. */
  readonly unused: string;
}

const dayMs = 86_400_000;
const levels = [["pro"], ["pro", "cloud"], ["basic"], ["studio", "cloud", "beta", "team"], []];

/** A vendor with some products, and licenses in every state. */
export async function exampleData(server: TestServer): Promise<ExampleData> {
  const { url, console: operator } = server;
  const { application } = await must(operator, "createApplication", { name: "Photon Studio", version: "4.2.1" });
  const { application: mobile } = await must(operator, "createApplication", { name: "Photon Mobile", version: "1.9" });
  const { application: old } = await must(operator, "createApplication", { name: "Darkroom Classic" });
  await must(operator, "pauseApplication", { applicationId: old.id });
  const applicationId = application.id;
  const ids: string[] = [];
  for (let order = 0; order < 60; order++) {
    const { licenses } = await must(operator, "createLicenses", {
      applicationId,
      count: 1,
      levels: levels[order % levels.length] ?? [],
      ...(order % 4 !== 3 && { durationMs: (order % 2 === 0 ? 30 : 365) * dayMs }),
      ...(order % 3 === 0 && { comment: `Order ${10_482 + order * 7}` }),
      ...(order % 5 === 0 && { seats: 3 }),
      bindsClient: order % 2 === 0,
    });
    ids.push(...licenses.map(({ id }) => id));
  }
  const at = (index: number) => ids.at(index) ?? "";
  const { account } = await must(operator, "addAccount", {
    applicationId,
    credentialsType: 1,
    identity: "grace@example.com",
    password: "a long enough password",
  });
  for (const license of ids.slice(40, 46)) await must(operator, "pauseLicense", { license });
  for (const license of ids.slice(46, 49)) await must(operator, "blacklistLicense", { license });
  await must(operator, "linkLicense", { license: at(-2), accountId: account.id });
  await must(operator, "setColumn", {
    applicationId,
    name: "plan",
    type: "STRING",
    required: true,
    unique: false,
    defaultValue: "free",
  });
  for (const role of ["moderator", "beta-tester"]) await must(operator, "createRole", { applicationId, role });
  await must(operator, "bindHost", { applicationId, host: "users.photon.example" });
  await exampleServer(server, application);
  const person = await examplePeople(server, application);
  const webhook = await exampleTold(server, applicationId);
  await exampleMonth(server, application);
  const { secret = "" } = await must(operator, "offerSetUp", {});
  return {
    url,
    setUpSecret: secret,
    password: "otter piano window lamp",
    applicationId,
    activated: at(-2),
    available: at(-1),
    person,
    webhook,
    unused: mobile.id,
  };
}
