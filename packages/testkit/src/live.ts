import { RawPeer } from "./raw-peer.ts";
import type { Product, TestServer } from "./test-server.ts";

/** Packet numbers as the contract prints them: taken from the code, they would prove nothing. */
export const packet = {
  initialize: 0,
  createAccount: 1,
  authorizeByLicense: 2,
  authorizeByCredentials: 3,
  linkLicenseToAccount: 4,
  logout: 5,
  blacklist: 6,
  createFileDownloadUrl: 7,
  getFileMetadata: 9,
  getOnlineUsersCount: 10,
  getVariable: 11,
  setSessionValue: 12,
  getSessionValue: 13,
  deleteSessionValue: 14,
  getCurrentLicense: 15,
  getCurrentAccount: 16,
  setPanelEventsSubscription: 17,
  resume: 100,
  listSessions: 101,
  endSessions: 102,
  ping: 103,
  attach: 104,
} as const;

/** A client that has initialized. */
export async function openLive(
  { url }: TestServer,
  { websocketApiKey }: Product,
  clientId = "client-1",
  headers: Record<string, string> = {},
): Promise<RawPeer> {
  const peer = await RawPeer.connect(url, headers);
  const answer = await peer.request(packet.initialize, { websocket_api_key: websocketApiKey, client_id: clientId });
  if (answer["status"] !== 1) throw new Error(`initialize came to ${answer.frame}`);
  return peer;
}

/** The whole answer to a packet but its id: what is not in it was not sent. */
export async function ask(peer: RawPeer, type: number, fields: object = {}): Promise<Record<string, unknown>> {
  const { id: _id, frame: _frame, ...answer } = await peer.request(type, fields);
  return answer;
}

/** The next frame, which has to be a server event: its number and its content. */
export async function nextEvent(peer: RawPeer): Promise<readonly [type: unknown, content: unknown]> {
  const { frame, event_type: type, content } = await peer.next();
  if (!frame.startsWith('{"id":18446744073709551615,')) throw new Error(`expected an event, got ${frame}`);
  return [type, content];
}
