import type { Account } from "./tables.ts";

/** What a column can be compared with. */
export type Literal = string | number | boolean | null;
/** A field of an account that accounts can be looked for and ordered by. */
export type Field = keyof Pick<
  Account,
  "id" | "login" | "email" | "status" | "locale" | "createdAt" | "updatedAt" | "lastLoginAt"
>;
/** Where the value of a column is: in a field of the account, or among its properties. */
export type Place = { readonly field: Field } | { readonly property: string };
export type Condition = Place & { readonly value: Literal };
export type Order = Place & { readonly direction: "asc" | "desc" };
