import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { newTotpSecret, stepOfCode, totpCode, totpUri } from "./totp.ts";

/** The ASCII text 12345678901234567890 of RFC 6238, appendix B, in base32. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
/** Its times in seconds, and the last six of its eight digits. */
const vectors = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
] as const;

suite("time-based codes", () => {
  for (const [seconds, code] of vectors) {
    test(`[MG-2FA-1] the code of RFC 6238 at ${seconds} seconds`, () => {
      assert.equal(totpCode(secret, Math.floor(seconds / 30)), code);
      assert.equal(stepOfCode(secret, code, seconds * 1000), Math.floor(seconds / 30));
    });
  }

  test("[MG-2FA-1] a code is good one step early and one step late, and no longer", () => {
    const step = 41_152_263;
    const code = totpCode(secret, step);
    const judged = [-2, -1, 0, 1, 2].map((off) => stepOfCode(secret, code, (step + off) * 30_000));
    assert.deepEqual(judged, [undefined, step, step, step, undefined]);
  });

  test("[MG-2FA-1] blanks do not matter, everything else does", () => {
    const now = 59_000;
    assert.equal(stepOfCode(secret, " 287 082 ", now), 1);
    for (const wrong of ["", "287083", "28708", "2870820", "94287082", "28708x"]) {
      assert.equal(stepOfCode(secret, wrong, now), undefined, wrong);
    }
  });

  test("[MG-2FA-1] a new secret has 160 bits in base32, and fits into the address of a QR code", () => {
    const made = newTotpSecret();
    assert.match(made, /^[A-Z2-7]{32}$/);
    assert.notEqual(newTotpSecret(), made);
    const uri = `otpauth://totp/Latchkey%3Aa%26b%40example.com?secret=${made}&issuer=Latchkey`;
    assert.equal(totpUri(made, "a&b@example.com"), uri);
  });
});
