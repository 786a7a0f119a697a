/** A value of AMF3. An object of a class has `$class`; a double that comes from a server is `{ $double }`. */
export type Said = null | boolean | number | string | Date | readonly Said[] | { readonly [name: string]: Said };

/** Writes a value as the Java SDK does: maps are sealed, and what was said before is referred to. */
export function sayAmf(root: Said): Buffer {
  const strings: string[] = [];
  const parts: Buffer[] = [];
  say(root);
  return Buffer.concat(parts);

  function say(value: Said): void {
    if (value === null) bytes(0x01);
    else if (typeof value === "boolean") bytes(value ? 0x03 : 0x02);
    else if (typeof value === "number") sayNumber(value);
    else if (typeof value === "string") {
      bytes(0x06);
      word(value);
    } else if (value instanceof Date) {
      bytes(0x08, 0x01);
      double(value.getTime());
    } else if (isList(value)) {
      bytes(0x09);
      u29(value.length * 2 + 1);
      bytes(0x01);
      value.forEach(say);
    } else sayObject(value);
  }

  function sayNumber(value: number): void {
    if (Number.isInteger(value) && Math.abs(value) < 2 ** 28) {
      bytes(0x04);
      u29(value & 0x1fffffff);
    } else {
      bytes(0x05);
      double(value);
    }
  }

  function sayObject(value: { readonly [name: string]: Said }): void {
    const { $class = "", ...members } = value;
    const entries = Object.entries(members);
    bytes(0x0a);
    u29(entries.length * 16 + 3);
    word(typeof $class === "string" ? $class : "");
    for (const [name] of entries) word(name);
    for (const [, member] of entries) say(member);
  }

  function word(text: string): void {
    const known = strings.indexOf(text);
    if (known !== -1) {
      u29(known * 2);
      return;
    }
    if (text !== "") strings.push(text);
    const encoded = Buffer.from(text);
    u29(encoded.length * 2 + 1);
    parts.push(encoded);
  }

  function u29(value: number): void {
    if (value >= 2 ** 21) bytes((value >> 22) | 0x80, (value >> 15) | 0x80, (value >> 8) | 0x80, value);
    else if (value >= 2 ** 14) bytes((value >> 14) | 0x80, (value >> 7) | 0x80, value & 0x7f);
    else if (value >= 2 ** 7) bytes((value >> 7) | 0x80, value & 0x7f);
    else bytes(value);
  }

  function double(value: number): void {
    const eight = Buffer.alloc(8);
    eight.writeDoubleBE(value);
    parts.push(eight);
  }

  function bytes(...values: number[]): void {
    parts.push(Buffer.from(values));
  }
}

/** Reads a value that is written as a server has to: without references, objects dynamic, and nothing behind it. */
export function understandAmf(source: Buffer): Said {
  let at = 0;
  const value = read();
  if (at !== source.length) throw new Error(`${source.length - at} bytes behind the value`);
  return value;

  function read(): Said {
    const marker = next();
    switch (marker) {
      case 0x01:
        return null;
      case 0x02:
        return false;
      case 0x03:
        return true;
      case 0x04:
        return (u29() << 3) >> 3;
      case 0x05:
        return { $double: double() };
      case 0x06:
        return word();
      case 0x08:
        expect(0x01);
        return new Date(double());
      case 0x09: {
        const count = inline(u29());
        expect(0x01);
        return Array.from({ length: count }, read);
      }
      case 0x0a:
        expect(0x0b);
        return members();
      default:
        throw new Error(`a value of type ${marker}`);
    }
  }

  function members(): Said {
    const className = word();
    const found: [string, Said][] = className === "" ? [] : [["$class", className]];
    for (let name = word(); name !== ""; name = word()) found.push([name, read()]);
    return Object.fromEntries(found);
  }

  function word(): string {
    const length = inline(u29());
    const bytes = source.subarray(at, at + length);
    if (bytes.length < length) throw new Error("it ends within a string");
    at += length;
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  }

  function inline(header: number): number {
    if ((header & 1) === 0) throw new Error("a reference");
    return header >> 1;
  }

  function u29(): number {
    let value = 0;
    for (let count = 1; count < 4; count++) {
      const byte = next();
      value = (value << 7) | (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    return (value << 8) | next();
  }

  function double(): number {
    const value = source.readDoubleBE(at);
    at += 8;
    return value;
  }

  function expect(byte: number): void {
    const found = next();
    if (found !== byte) throw new Error(`${found} instead of ${byte}`);
  }

  function next(): number {
    return source.readUInt8(at++);
  }
}

function isList(value: Said): value is readonly Said[] {
  return Array.isArray(value);
}
