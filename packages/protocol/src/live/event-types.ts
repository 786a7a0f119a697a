// Written by `npm run generate`.
import type { EventName } from "./events.ts";

/** The numbers of the server's events, for the SDK, which ships without what they mean to the server. */
export const eventTypes = {
  disconnect: 1,
  subscriptionExpired: 2,
  appDeleted: 100,
  appPaused: 101,
  appVersionChanged: 102,
  licenseClientIdReset: 200,
  licenseBlacklisted: 201,
  licenseUnblacklisted: 202,
  licenseReinitialized: 203,
  licenseDeleted: 204,
  licensePaused: 205,
  licenseUnpaused: 206,
  licenseExtended: 800,
  levelsChanged: 801,
  accountDeleted: 810,
  accountBlacklisted: 811,
  accountPasswordChanged: 812,
  sessionEnded: 813,
} as const satisfies Record<EventName, number>;
