import { userStatuses } from "@latchkey/protocol";
import type { Condition, Field, Literal, Place } from "#storage/account-search.ts";
import type { Column } from "#storage/tables.ts";

const fixedPlaces: readonly (readonly [string, Place])[] = [
  ["objectId", { field: "id" }],
  ["ownerId", { field: "id" }],
  ["email", { field: "email" }],
  ["name", { property: "name" }],
  ["userStatus", { field: "status" }],
  ["blUserLocale", { field: "locale" }],
  ["created", { field: "createdAt" }],
  ["updated", { field: "updatedAt" }],
  ["lastLogin", { field: "lastLoginAt" }],
];

const instants: readonly Field[] = ["createdAt", "updatedAt", "lastLoginAt"];

/** Where the value of each column is that accounts can be looked for by; the password is in none (US-TABLE-5). */
export function placesOf(columns: readonly Column[], identityColumn: string): ReadonlyMap<string, Place> {
  return new Map<string, Place>([
    ...columns.map(({ name }): [string, Place] => [name, { property: name }]),
    ...(identityColumn === "email" ? [] : [[identityColumn, { field: "login" }] as const]),
    ...fixedPlaces,
  ]);
}

/** What it means that the value at a place is this. */
export function conditionOn(place: Place, value: Literal): Condition {
  if ("property" in place || value === null) return { ...place, value };
  const { field } = place;
  const wanted = field === "status" ? statusOf(value) : value;
  const isOfType = typeof wanted === (instants.includes(field) ? "number" : "string");
  // What has another type is nowhere: no account is without an id.
  return isOfType ? { field, value: wanted } : { field: "id", value: null };
}

function statusOf(shown: Literal): Literal {
  return Object.entries(userStatuses).find(([, name]) => name === shown)?.[0] ?? null;
}
