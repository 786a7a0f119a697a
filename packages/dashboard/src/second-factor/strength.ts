export type Strength = 0 | 1 | 2 | 3 | 4;

/** Bits that a patient guesser needs: above the last one there is nothing more to say. */
const bitsOf = [35, 50, 70] as const;
const wellKnown = /pass(?:word)?|qwert[yz]|asdf|letmein|welcome|admin|latchkey|license|\d{4,}|(.)\1{2,}|abc|xyz/gi;

/** A rough guess: how many characters of how many kinds, where what everybody types counts as one. */
export function passwordStrength(password: string, minLength: number): Strength {
  const length = [...password].length;
  if (length < minLength) return 0;
  const kinds =
    (/\p{Ll}/u.test(password) ? 26 : 0) +
    (/\p{Lu}/u.test(password) ? 26 : 0) +
    (/\d/.test(password) ? 10 : 0) +
    (/[^\p{L}\d]/u.test(password) ? 20 : 0);
  const told = [...password.replace(wellKnown, "\u0000")];
  const different = new Set(told).size;
  const bits = Math.min(told.length, different * 2) * Math.log2(Math.max(kinds, 2));
  if (bits < bitsOf[0]) return 1;
  if (bits < bitsOf[1]) return 2;
  return bits < bitsOf[2] ? 3 : 4;
}
