const bcryptAlphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes of a part of a bcrypt string, whose base64 has an alphabet of its own. */
export function bytesFromBcrypt(text: string): Buffer {
  return Buffer.from(inAlphabet(text, bcryptAlphabet, base64Alphabet), "base64");
}

export function bytesToBcrypt(bytes: Buffer): string {
  return inAlphabet(bytes.toString("base64").replace(/=+$/, ""), base64Alphabet, bcryptAlphabet);
}

function inAlphabet(text: string, from: string, to: string): string {
  return text.replace(/./g, (letter) => to[from.indexOf(letter)] ?? "");
}
