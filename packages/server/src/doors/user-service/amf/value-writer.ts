import { AmfDouble, AmfObject, marker } from "./values.ts";

const smallestInteger = -(2 ** 28);
const largestInteger = 2 ** 28 - 1;
const inlineDynamicTraits = 0x0b;

/** Writes AMF3 values one after another, without a single reference (US-AMF-40). */
export class ValueWriter {
  readonly #parts: Buffer[] = [];

  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  value(value: unknown): void {
    if (value === null) this.#byte(marker.null);
    else if (typeof value === "boolean") this.#byte(value ? marker.true : marker.false);
    else if (typeof value === "number") this.#number(value);
    else if (typeof value === "string") this.#string(value);
    else if (value instanceof AmfDouble) this.#double(value.value);
    else if (value instanceof Date) this.#date(value);
    else if (Array.isArray(value)) this.#array(value);
    else if (value instanceof AmfObject) this.#object(value);
    else if (typeof value === "object") this.#object({ className: "", members: { ...value } });
    else throw new TypeError(`a ${typeof value} cannot be written`);
  }

  #number(value: number): void {
    if (!Number.isInteger(value) || value < smallestInteger || value > largestInteger) {
      this.#double(value);
      return;
    }
    this.#byte(marker.integer);
    this.#u29(value & 0x1fffffff);
  }

  #double(value: number): void {
    this.#byte(marker.double);
    this.#eightBytes(value);
  }

  #string(text: string): void {
    this.#byte(marker.string);
    this.#word(text);
  }

  #date(date: Date): void {
    this.#byte(marker.date);
    this.#byte(0x01);
    this.#eightBytes(date.getTime());
  }

  #array(values: readonly unknown[]): void {
    this.#byte(marker.array);
    this.#u29(values.length * 2 + 1);
    this.#word("");
    for (const value of values) this.value(value);
  }

  #object({ className, members }: Pick<AmfObject, "className" | "members">): void {
    this.#byte(marker.object);
    this.#byte(inlineDynamicTraits);
    this.#word(className);
    for (const [name, value] of Object.entries(members)) {
      // An empty name would end the object; it is one that JSON can give a member of a column.
      if (name === "") continue;
      this.#word(name);
      this.value(value);
    }
    this.#word("");
  }

  #word(text: string): void {
    const bytes = Buffer.from(text);
    this.#u29(bytes.length * 2 + 1);
    this.#parts.push(bytes);
  }

  #u29(value: number): void {
    if (value < 0x80) this.#byte(value);
    else if (value < 0x4000) this.#byte((value >> 7) | 0x80, value & 0x7f);
    else if (value < 0x200000) this.#byte((value >> 14) | 0x80, (value >> 7) | 0x80, value & 0x7f);
    else this.#byte((value >> 22) | 0x80, (value >> 15) | 0x80, (value >> 8) | 0x80, value & 0xff);
  }

  #eightBytes(value: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    this.#parts.push(bytes);
  }

  /** Only the lowest eight bits of each number count. */
  #byte(...bytes: readonly number[]): void {
    this.#parts.push(Buffer.from(bytes));
  }
}
