import { packet } from "./live.ts";
import type { RawPeer } from "./raw-peer.ts";
import { must, newApplication, type Product, type TestServer } from "./test-server.ts";
import type { ApplicationSettings } from "@latchkey/protocol";

/** The name of the protected variable that `newGuardedApplication` makes. */
const protectedVariable = "secret";

/** An application with something to protect. */
export async function newGuardedApplication(
  { console }: TestServer,
  settings: Partial<ApplicationSettings> = {},
): Promise<Product> {
  const application = await newApplication(console, settings);
  await must(console, "setVariable", {
    applicationId: application.id,
    name: protectedVariable,
    content: "the secret",
    public: false,
  });
  return application;
}

/** Asks for what only an authorized session may have; answers the status. */
export async function readProtected(peer: RawPeer): Promise<unknown> {
  return (await peer.request(packet.getVariable, { name: protectedVariable }))["status"];
}

export async function subscribe(peer: RawPeer): Promise<void> {
  await peer.request(packet.setPanelEventsSubscription, { subscribed: true });
}

/** The frame of a server event, byte for byte. */
export function eventFrame(type: number, content?: Readonly<Record<string, string>>): string {
  const rest = content ? `,"content":${JSON.stringify(content)}` : "";
  return `{"id":18446744073709551615,"event_type":${type}${rest}}`;
}

let versions = 0;

/**
 * Tells every client of an application of a new version. The log is ordered, so whatever was to be heard of earlier
 * changes has been heard when this is.
 */
export async function tellVersion({ console }: TestServer, { id }: Product): Promise<string> {
  const version = `marker ${++versions}`;
  await must(console, "updateApplication", { applicationId: id, version });
  return eventFrame(102, { version });
}

/** The frames that arrive before this one. */
export async function heardBefore(peer: RawPeer, marker: string): Promise<string[]> {
  const heard: string[] = [];
  for (;;) {
    const { frame } = await peer.next();
    if (frame === marker) return heard;
    heard.push(frame);
  }
}
