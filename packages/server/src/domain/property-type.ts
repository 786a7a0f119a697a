import { codePoints, type PropertyType } from "@latchkey/protocol";

const shortTextAtMost = 500;
const intAtMost = 2 ** 31 - 1;
/** How far dates reach to both sides of 1970. */
const instantAtMost = 8.64e15;

/** The narrowest type of a value that is not null; `undefined`: no column can hold it (US-DATA-9). */
export function typeOf(value: unknown): PropertyType | undefined {
  switch (typeof value) {
    case "boolean":
      return "BOOLEAN";
    case "number":
      if (!Number.isFinite(value)) return undefined;
      return Number.isInteger(value) && value <= intAtMost && value >= -intAtMost - 1 ? "INT" : "DOUBLE";
    case "string":
      return codePoints(value) <= shortTextAtMost ? "STRING" : "TEXT";
    case "object":
      if (!(value instanceof Date)) return "JSON";
      return Number.isNaN(value.getTime()) ? undefined : "DATETIME";
    default:
      return undefined;
  }
}

/** The type that a column needs for a value, its own or the one it grows to; `undefined`: they do not go together (US-DATA-10). */
export function typeToHold(value: unknown, type: PropertyType): PropertyType | undefined {
  const own = typeOf(value);
  if (own === undefined || own === type) return own;
  switch (type) {
    case "JSON":
      return type;
    case "STRING":
    case "TEXT":
      return own === "TEXT" || own === "STRING" ? "TEXT" : undefined;
    case "INT":
    case "DOUBLE":
      return own === "DOUBLE" || own === "INT" ? "DOUBLE" : undefined;
    case "DATETIME":
      return isInstant(value) ? type : undefined;
    default:
      return undefined;
  }
}

/** A value as it is stored: instants are milliseconds at every place. */
export function storedValue(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}

function isInstant(value: unknown): boolean {
  return Number.isSafeInteger(value) && Math.abs(Number(value)) <= instantAtMost;
}
