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
  ping: 103,
} as const satisfies Record<PacketName, number>;
