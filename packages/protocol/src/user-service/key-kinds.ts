/** The API keys of an application, one per kind of client. A BL key marks server code (user service §2.2). */
export const keyKinds = ["JS", "REST", "ANDROID", "IOS", "WP", "AS", "BL"] as const;
export type KeyKind = (typeof keyKinds)[number];

/** Those that are public, and grant nothing about other people's accounts (US-KEY-1). */
export const clientKeyKinds = keyKinds.filter((kind) => kind !== "BL");

/** The system role that each call gets by its key alone. */
export const roleOfKey = {
  JS: "JSUser",
  REST: "RestUser",
  ANDROID: "AndroidUser",
  IOS: "IOSUser",
  WP: "DotNetUser",
  AS: "ASUser",
  BL: "ServerCodeUser",
} as const satisfies Record<KeyKind, string>;

/** Application ids and API keys: `8-4-4-4-12` upper-case hex (US-ADDR-4). */
export function isObjectId(text: string): boolean {
  return /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/.test(text);
}
