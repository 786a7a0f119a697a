/** What a message says, references followed. Instants are dates; maps have no prototype, so that no name means anything (US-AMF-11). */
export type ReadValue = null | boolean | number | string | Date | readonly ReadValue[] | ReadMap;

export interface ReadMap {
  readonly [name: string]: ReadValue;
}

export function isMap(value: ReadValue): value is ReadMap {
  return typeof value === "object" && value !== null && !isList(value) && !(value instanceof Date);
}

export function isList(value: ReadValue): value is readonly ReadValue[] {
  return Array.isArray(value);
}

/** A number that is written as a double even when it is whole. */
export class AmfDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** An object of a named class; what is anonymous is written from a plain object. */
export class AmfObject {
  readonly className: string;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(className: string, members: Readonly<Record<string, unknown>>) {
    this.className = className;
    this.members = members;
  }
}

/** The first byte of each value. The markers that are not here are refused. */
export const marker = {
  undefined: 0x00,
  null: 0x01,
  false: 0x02,
  true: 0x03,
  integer: 0x04,
  double: 0x05,
  string: 0x06,
  date: 0x08,
  array: 0x09,
  object: 0x0a,
} as const;
