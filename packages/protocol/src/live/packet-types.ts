// Written by `npm run generate`.
import type { PacketName } from "../operations.ts";

/** The packet numbers of the operations, for the SDK, which ships without their schemas. */
export const packetTypes = {
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
} as const satisfies Record<PacketName, number>;
