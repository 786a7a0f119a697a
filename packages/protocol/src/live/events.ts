import { CloseCode } from "./close-codes.ts";
import { snakeCase } from "./envelope.ts";

/** One server event: its number, and what it means for the connection it is sent to. */
export interface ServerEvent {
  readonly type: number;
  /** The connection is closed with this code after the event. */
  readonly close?: CloseCode;
  /** It tells of an authorization that went, and is sent to those sessions only whose it was. */
  readonly clears?: true;
  /** The names of its content, in camelCase. */
  readonly content?: readonly string[];
}

/** Every event of the live protocol (§6). Numbers are never reused. */
export const events = {
  disconnect: { type: 1, close: CloseCode.DisconnectedFromPanel },
  subscriptionExpired: { type: 2, clears: true },
  appDeleted: { type: 100, close: CloseCode.AppDeleted },
  appPaused: { type: 101, close: CloseCode.AppPaused },
  appVersionChanged: { type: 102, content: ["version"] },
  licenseClientIdReset: { type: 200 },
  licenseBlacklisted: { type: 201, clears: true },
  licenseUnblacklisted: { type: 202 },
  licenseReinitialized: { type: 203, clears: true },
  licenseDeleted: { type: 204, clears: true },
  licensePaused: { type: 205, clears: true },
  licenseUnpaused: { type: 206 },
  licenseExtended: { type: 800, content: ["expiresAt"] },
  levelsChanged: { type: 801, content: ["levels"] },
  accountDeleted: { type: 810, clears: true },
  accountBlacklisted: { type: 811, clears: true },
  accountPasswordChanged: { type: 812, clears: true },
  sessionEnded: { type: 813, clears: true, content: ["by"] },
} as const satisfies Record<string, ServerEvent>;

export type EventName = keyof typeof events;

/** The frame that tells of an event (LP-ENV-7); `content` is left out when there is none. */
export function encodeEvent(name: EventName, content: Readonly<Record<string, string>> = {}): string {
  const fields = new Map(Object.entries(content).map(([field, value]) => [snakeCase(field), value]));
  const rest = JSON.stringify({
    event_type: events[name].type,
    ...(fields.size > 0 && { content: Object.fromEntries(fields) }),
  });
  return `{"id":18446744073709551615,${rest.slice(1)}`;
}
