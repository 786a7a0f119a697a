import type { OperatorRole, OutputOf } from "@latchkey/protocol";
import { ManagementPeer } from "./management-peer.ts";
import { must, type TestServer } from "./test-server.ts";

/** The password of every operator that a test makes. */
export const operatorPassword = "correct horse battery";

type Shown = OutputOf<"addOperator">["operator"];

/** An operator of a test's own. */
export async function newOperator({ console }: TestServer, role: OperatorRole, email: string): Promise<Shown> {
  const made = { email, name: "Of a test", role, password: operatorPassword };
  return (await must(console, "addOperator", made)).operator;
}

export interface SignIn {
  readonly email: string;
  readonly password?: string;
  readonly code?: string;
}

/** What a browser that is signed in asks with. */
export async function signIn(
  { url }: Pick<TestServer, "url">,
  { email, password = operatorPassword, code }: SignIn,
): Promise<ManagementPeer> {
  const page = new ManagementPeer(url, { origin: url, "user-agent": "A test's browser" });
  const answer = await page.call("signIn", { email, password, ...(code !== undefined && { code }) });
  if (answer.status !== 200) throw new Error(`signIn: ${answer.status} ${answer.text}`);
  const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  return page.with({ cookie });
}

/** One who has just been made, and is signed in. */
export async function signedIn(server: TestServer, role: OperatorRole, email: string): Promise<ManagementPeer> {
  await newOperator(server, role, email);
  return signIn(server, { email });
}
