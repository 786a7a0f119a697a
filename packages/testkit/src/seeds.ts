import type { ApplicationSettings, InputOf, OperationName, OutputOf } from "@latchkey/protocol";
import { storeFile } from "./files.ts";
import { type Faults, Network } from "./network.ts";
import { must, newApplication, newLicense, type Product, type TestServer } from "./test-server.ts";

/** How a suite declares its tests, whatever runs them. */
export type Declare = (title: string, run: () => void | Promise<void>) => unknown;

/** All that a suite needs of a server when it does not know in which runtime it runs. */
export interface Seeds {
  readonly url: string;
  readonly newApplication: (settings?: Partial<ApplicationSettings>) => Promise<Product>;
  readonly newLicense: (product: Product, plan?: Partial<InputOf<"createLicenses">>) => Promise<string>;
  /** Does as the operator what must succeed. */
  readonly operate: <N extends OperationName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>;
  readonly newFile: (product: Product, name: string, content: string) => Promise<unknown>;
  /** A network of a test's own to the server. */
  readonly newNetwork: () => Promise<Faults>;
}

export function seedsOf({ url, console }: TestServer): Seeds {
  return {
    url,
    newApplication: (settings) => newApplication(console, settings),
    newLicense: (product, plan) => newLicense(console, product, plan),
    operate: (name, input) => must(console, name, input),
    newFile: (product, name, content) => storeFile(console, product, name, new TextEncoder().encode(content)),
    newNetwork: () => Network.to(url),
  };
}
