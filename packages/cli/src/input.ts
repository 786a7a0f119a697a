import { isUtf8 } from "node:buffer";
import { createInterface } from "node:readline";

/** More than any password may have. */
const secretBytesAtMost = 4_096;

/** What a command reads besides its arguments. */
export class Input {
  /** Whether a person can be asked. */
  readonly isTerminal: boolean;
  readonly #stream: NodeJS.ReadableStream;

  constructor(stream: NodeJS.ReadableStream, isTerminal: boolean) {
    this.#stream = stream;
    this.isTerminal = isTerminal;
  }

  /** The next line; nothing when there is none. */
  async readLine(): Promise<string> {
    for await (const line of createInterface(this.#stream)) return line.trim();
    return "";
  }

  /** Everything up to the end, as it comes. */
  async *bytes(): AsyncGenerator<Uint8Array, void> {
    for await (const part of this.#stream) yield typeof part === "string" ? Buffer.from(part) : part;
  }

  /** Everything up to the end, without the line break that an `echo` leaves; `undefined`: too long, or no UTF-8. */
  async readSecret(): Promise<string | undefined> {
    let bytes = Buffer.of();
    for await (const part of this.#stream) {
      bytes = Buffer.concat([bytes, typeof part === "string" ? Buffer.from(part) : part]);
      if (bytes.length > secretBytesAtMost) return undefined;
    }
    return isUtf8(bytes) ? bytes.toString().replace(/\r?\n$/, "") : undefined;
  }
}
