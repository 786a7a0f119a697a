const textFrame = 0x81;
const masked = 0x80;
const mask = Buffer.from([0x5a, 0xc3, 0x17, 0x2e]);

/** A text frame as a client sends it. Benchmark packets are short: two length forms are enough. */
export function encodeFrame(text: string): Buffer {
  const long = text.length > 125;
  const start = long ? 8 : 6;
  const frame = Buffer.allocUnsafe(start + text.length);
  frame[0] = textFrame;
  frame[1] = masked | (long ? 126 : text.length);
  if (long) frame.writeUInt16BE(text.length, 2);
  mask.copy(frame, start - 4);
  for (let at = 0; at < text.length; at++) frame[start + at] = text.charCodeAt(at) ^ (mask[at & 3] ?? 0);
  return frame;
}

export interface Frame {
  readonly text: string;
  /** Where the next one begins. */
  readonly end: number;
}

/** The server's text frame that `bytes` starts with; `undefined` while it is incomplete. */
export function decodeFrame(bytes: Buffer): Frame | undefined {
  const [kind, length = 0] = bytes;
  if (kind === undefined || bytes.length < 2) return undefined;
  const start = length === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const end = start + (length === 126 ? bytes.readUInt16BE(2) : length);
  if (bytes.length < end) return undefined;
  const text = bytes.toString("latin1", start, end);
  if (kind !== textFrame) throw new Error(`the server sent a frame of kind ${kind}: ${text}`);
  return { text, end };
}
