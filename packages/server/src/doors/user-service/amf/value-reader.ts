import { type BytesReader, MalformedAmf } from "./bytes-reader.ts";
import { marker, type ReadMap, type ReadValue } from "./values.ts";

const depthAtMost = 32;
const valuesAtMost = 5_000;
/** No more than the largest body could say without a single reference. */
const charactersAtMost = 65_536;

interface Traits {
  readonly className: string;
  readonly names: readonly string[];
  readonly isDynamic: boolean;
}

interface Entry {
  readonly kind: "date" | "array" | "object";
  /** Absent while its content is still being read. */
  read?: { readonly value: ReadValue; readonly size: Size };
}

/** What a value amounts to when it is written out, without references. */
interface Size {
  readonly values: number;
  readonly characters: number;
  readonly levels: number;
}

/**
 * Reads AMF3 values of one message, which share its three tables (US-AMF-8).
 *
 * The bounds hold for what the message says when every reference is written out, since that is what everybody behind the
 * door will walk: a reference costs as much as what it refers to, and none leads to a value that it is a part of.
 */
export class ValueReader {
  /** The classes of the objects that have one. */
  readonly classNames = new Map<ReadValue, string>();
  readonly #bytes: BytesReader;
  readonly #strings: string[] = [];
  readonly #traits: Traits[] = [];
  readonly #entries: Entry[] = [];
  #values = 0;
  #characters = 0;
  #depth = 0;
  /** The deepest level that the value being read has come to. */
  #deepest = 0;

  constructor(bytes: BytesReader) {
    this.#bytes = bytes;
  }

  value(): ReadValue {
    this.#count(1, 0);
    switch (this.#bytes.u8()) {
      case marker.undefined:
      case marker.null:
        return null;
      case marker.false:
        return false;
      case marker.true:
        return true;
      case marker.integer:
        return (this.#bytes.u29() << 3) >> 3;
      case marker.double:
        return this.#number();
      case marker.string:
        return this.#string();
      case marker.date:
        return this.#complex("date", () => this.#date());
      case marker.array:
        return this.#complex("array", (header) => this.#array(header));
      case marker.object:
        return this.#complex("object", (header) => this.#object(header));
      default:
        throw new MalformedAmf("a type that is not read here");
    }
  }

  /** JSON cannot say the others, and nobody behind this door knows what to do with them. */
  #number(): number {
    const value = this.#bytes.double();
    if (!Number.isFinite(value)) throw new MalformedAmf("a number without a value");
    return value;
  }

  #string(): string {
    const text = this.#word();
    this.#count(0, text.length);
    return text;
  }

  /** A string that does not count yet: names of traits count in each object that has them. */
  #word(): string {
    const header = this.#bytes.u29();
    if ((header & 1) === 0) return known(this.#strings, header >> 1);
    const text = this.#bytes.text(header >> 1);
    if (text !== "") this.#strings.push(text);
    return text;
  }

  /** A value that references can lead to. It has its place in the table before its content is read. */
  #complex(kind: Entry["kind"], read: (header: number) => ReadValue): ReadValue {
    const header = this.#bytes.u29();
    if ((header & 1) === 0) return this.#again(kind, known(this.#entries, header >> 1));
    const entry: Entry = { kind };
    this.#entries.push(entry);
    const before = { values: this.#values, characters: this.#characters, deepest: this.#deepest };
    // A date is no level of nesting.
    const level = kind === "date" ? 0 : 1;
    this.#depth += level;
    this.#deepest = this.#depth;
    this.#checkDepth();
    const value = read(header >> 1);
    const size = {
      values: this.#values - before.values,
      characters: this.#characters - before.characters,
      levels: this.#deepest - this.#depth + level,
    };
    this.#depth -= level;
    this.#deepest = Math.max(before.deepest, this.#deepest);
    entry.read = { value, size };
    return value;
  }

  #again(kind: Entry["kind"], { kind: found, read }: Entry): ReadValue {
    if (found !== kind || !read) throw new MalformedAmf("a reference to something else, or to what it is a part of");
    this.#count(read.size.values, read.size.characters);
    this.#deepest = Math.max(this.#deepest, this.#depth + read.size.levels);
    this.#checkDepth();
    return read.value;
  }

  #date(): Date {
    const date = new Date(this.#number());
    if (Number.isNaN(date.getTime())) throw new MalformedAmf("an instant that no calendar has");
    return date;
  }

  #array(count: number): ReadValue {
    this.#checkCount(count);
    const named = this.#named(newMap());
    const dense: ReadValue[] = [];
    for (let index = 0; index < count; index++) dense.push(this.value());
    return Object.keys(named).length === 0 ? dense : Object.assign(named, dense);
  }

  #object(header: number): ReadValue {
    const { className, names, isDynamic } = this.#traitsOf(header);
    const object = newMap();
    for (const name of names) {
      this.#count(0, name.length);
      object[name] = this.value();
    }
    if (isDynamic) this.#named(object);
    if (className !== "") this.classNames.set(object, className);
    return object;
  }

  #traitsOf(header: number): Traits {
    if ((header & 1) === 0) return known(this.#traits, header >> 1);
    if ((header & 2) !== 0) throw new MalformedAmf("an externalizable object");
    const count = header >> 3;
    this.#checkCount(count);
    const className = this.#word();
    const names: string[] = [];
    for (let index = 0; index < count; index++) names.push(this.#word());
    const traits = { className, names, isDynamic: (header & 4) !== 0 };
    this.#traits.push(traits);
    return traits;
  }

  #named(map: MutableMap): MutableMap {
    for (let name = this.#string(); name !== ""; name = this.#string()) map[name] = this.value();
    return map;
  }

  #count(values: number, characters: number): void {
    this.#values += values;
    this.#characters += characters;
    if (this.#values > valuesAtMost || this.#characters > charactersAtMost) throw new MalformedAmf("it says too much");
  }

  #checkDepth(): void {
    if (this.#deepest > depthAtMost) throw new MalformedAmf("it is nested too deep");
  }

  /** Everything that is counted takes a byte at least. */
  #checkCount(count: number): void {
    if (count > this.#bytes.left) throw new MalformedAmf("it ends too early");
  }
}

type MutableMap = { -readonly [K in keyof ReadMap]: ReadMap[K] };

/** Without a prototype, `__proto__` is a name like any other. */
function newMap(): MutableMap {
  return { __proto__: null };
}

function known<T>(table: readonly T[], index: number): T {
  const found = table[index];
  if (found === undefined) throw new MalformedAmf("a reference to nothing");
  return found;
}
