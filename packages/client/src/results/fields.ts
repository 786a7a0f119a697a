import { isObject } from "../frames.ts";

/** The declared fields of an answer as they came: any may be missing, none is trusted to have its type. */
export type Fields = Readonly<Record<string, unknown>>;

// C++ cannot say "absent", so the contract's results have defaults instead; these are the same ones.

export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

export function numberIn(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === "number" ? value : 0;
}

export function flagIn(fields: Fields, name: string): boolean {
  return fields[name] === true;
}

export function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

export function objectsIn(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}
