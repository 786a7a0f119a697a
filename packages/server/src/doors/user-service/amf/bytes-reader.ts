/** The bytes are no message that this door reads. Thrown inside the codec only: who decodes gets `undefined`. */
export class MalformedAmf extends Error {
  override readonly name = "MalformedAmf";
}

/** Reads bytes in their order, big-endian, and never beyond their end. */
export class BytesReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#position;
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  u16(): number {
    return this.#bytes.readUInt16BE(this.#take(2));
  }

  u32(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  /** Seven bits a byte as long as the high bit says that more follow; a fourth byte has eight. */
  u29(): number {
    let value = 0;
    for (let count = 1; count < 4; count++) {
      const byte = this.u8();
      value = (value << 7) | (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    return (value << 8) | this.u8();
  }

  double(): number {
    return this.#bytes.readDoubleBE(this.#take(8));
  }

  text(byteCount: number): string {
    const start = this.#take(byteCount);
    try {
      return utf8.decode(this.#bytes.subarray(start, start + byteCount));
    } catch {
      throw new MalformedAmf("text that is not UTF-8");
    }
  }

  #take(byteCount: number): number {
    if (byteCount > this.left) throw new MalformedAmf("it ends too early");
    const start = this.#position;
    this.#position += byteCount;
    return start;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
