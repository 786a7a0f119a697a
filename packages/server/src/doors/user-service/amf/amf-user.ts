import type { OutputOf } from "@latchkey/protocol";
import { AmfDouble, AmfObject } from "./values.ts";

type Account = OutputOf<"getAccount">["account"];

/** What an account has besides its properties. */
const fixedTypes: Account["propertyTypes"] = { created: "DATETIME", updated: "DATETIME", lastLogin: "DATETIME" };

/** A row of an account as the Java client knows it: a number is a date or a double where its column says so (US-AMF-35, 40). */
export function amfUser({ propertyTypes }: Account, row: Readonly<Record<string, unknown>>): AmfObject {
  const types = { ...propertyTypes, ...fixedTypes };
  return new AmfObject(
    "Users",
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typed(value, types[name])])),
  );
}

function typed(value: unknown, type: string | undefined): unknown {
  if (typeof value !== "number") return value;
  if (type === "DATETIME") return new Date(value);
  return type === "DOUBLE" ? new AmfDouble(value) : value;
}
