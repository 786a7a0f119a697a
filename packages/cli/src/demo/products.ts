import type { ApplicationSettings, InputOf, KeyKind, OperationName, OutputOf } from "@latchkey/protocol";
import { type Console, type Log, openConsole, readConfig, systemClock } from "@latchkey/server";
import type { ThrowAwayServer } from "./throw-away-server.ts";

/** An application of the demo, and some licenses of it. */
export interface Product {
  readonly url: string;
  readonly id: string;
  readonly websocketApiKey: string;
  readonly apiKeys: Readonly<Partial<Record<KeyKind, string>>>;
  readonly licenses: readonly string[];
}

export interface Products {
  /** For everything about logging in and out. */
  readonly logout: Product;
  /** For creating accounts: the limits of an address are its own. */
  readonly plain: Product;
  /** Nobody gets an account of it without a license. */
  readonly licensed: Product;
  /** It has all the accounts that it may have: none. */
  readonly full: Product;
}

/** Makes the applications of the demo, as any command does beside a running server. */
export async function makeProducts({ url, data }: ThrowAwayServer, log: Log): Promise<Products> {
  const read = readConfig({ data });
  if ("problems" in read) throw new Error(read.problems.join("; "));
  await using console = await openConsole(read.config, { clock: systemClock, log });
  const make = async (name: string, settings: Partial<ApplicationSettings>): Promise<Product> => {
    const { application } = await must(console, "createApplication", { name, settings });
    const { licenses } = await must(console, "createLicenses", { applicationId: application.id, count: 4 });
    return { ...application, url, licenses: licenses.map(({ license }) => license) };
  };
  return {
    logout: await make("Logout Product", {}),
    plain: await make("Plain Product", {}),
    licensed: await make("Licensed Product", { licenseRequired: true }),
    full: await make("Full Product", { accountQuota: 0 }),
  };
}

async function must<N extends OperationName>(console: Console, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const outcome = await console.call(name, input);
  if (!outcome.ok) throw new Error(`${name} came to ${JSON.stringify(outcome)}`);
  return outcome.output;
}
