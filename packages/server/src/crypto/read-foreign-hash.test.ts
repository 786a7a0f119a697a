import assert from "node:assert/strict";
import { argon2Sync } from "node:crypto";
import { test } from "node:test";
import { type FirebaseHashing, type ForeignHash, readFirebaseHash, readForeignHash } from "./read-foreign-hash.ts";
import { compute, kindOf } from "./recipe.ts";

const inBase64 = (hex: string) => Buffer.from(hex, "hex").toString("base64").replace(/=+$/, "");

const argon2d = argon2Sync("argon2d", {
  message: "password",
  nonce: "somesalt",
  memory: 64,
  passes: 3,
  parallelism: 2,
  tagLength: 24,
}).toString("base64");

/** Published vectors: of crypt_blowfish, RFC 6070, RFC 7914, Passlib, Django and the reference implementation of Argon2. */
const vectors: readonly (readonly [password: string, hash: string, kind: string])[] = [
  ["U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "$bcrypt$cost=5"],
  ["U*U*U", "$2y$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a", "$bcrypt$cost=5"],
  ["password", "$pbkdf2$4096$c2FsdA$SwB5AbdlSJq.rUnZJvch0GWkKcE", "$pbkdf2-sha1$i=4096"],
  [
    "passwordPASSWORDpassword",
    `$pbkdf2-sha1$i=4096,l=25$${Buffer.from("saltSALTsaltSALTsaltSALTsaltSALTsalt").toString("base64")}$${inBase64(
      "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
    )}`,
    "$pbkdf2-sha1$i=4096",
  ],
  [
    "password",
    "$pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44",
    "$pbkdf2-sha256$i=8192",
  ],
  [
    "password",
    `$pbkdf2-sha512$4096$c2FsdA$${inBase64(
      "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5",
    )}`,
    "$pbkdf2-sha512$i=4096",
  ],
  ["lètmein", "pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=", "$pbkdf2-sha256$i=262144"],
  [
    "pleaseletmein",
    `$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$${inBase64(
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
    )}`,
    "$scrypt$ln=14,r=8,p=1",
  ],
  [
    "password",
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    "$argon2id$m=65536,t=2,p=1",
  ],
  [
    "password",
    "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
    "$argon2i$m=65536,t=2,p=1",
  ],
  ["password", `$argon2d$v=19$m=64,t=3,p=2$c29tZXNhbHQ$${argon2d}`, "$argon2d$m=64,t=3,p=2"],
];

/** The example that Firebase publishes with its scrypt. */
const firebase: FirebaseHashing = {
  signerKey: "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
  saltSeparator: "Bw==",
  rounds: 8,
  memCost: 14,
};
const firebaseHash = "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==";

async function assertMatches({ recipe, digest }: ForeignHash, password: string): Promise<void> {
  assert.deepEqual(await compute(recipe, password), digest);
  assert.notDeepEqual(await compute(recipe, `${password}.`), digest);
}

for (const [password, text, kind] of vectors) {
  test(`a hash of the form ${text.slice(0, 24)}… is read, and computed again from its password`, async () => {
    const read = readForeignHash(text);
    assert.ok("recipe" in read && "digest" in read, JSON.stringify(read));
    await assertMatches(read, password);
    assert.equal(kindOf(read.recipe), kind);
  });
}

test("a hash of Firebase is read with its project's parameters, and no longer needs the signer key", async () => {
  const read = readFirebaseHash(firebaseHash, "42xEC+ixf3L2lw==", firebase);
  assert.ok("digest" in read);
  await assertMatches(read, "user1password");
  assert.equal(kindOf(read.recipe), "$firebase-scrypt$ln=14,r=8");
});

test("what is no hash is not taken for one", () => {
  const b = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
  const texts = [
    "",
    "5f4dcc3b5aa765d61d8327deb882cf99",
    b.slice(0, -1),
    `${b}x`,
    `${b}\n`,
    b.replace("$2b$", "$2x$"),
    "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    "$argon2id$v=19$m=65536,t=2,p=1$c29t$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    "$pbkdf2-sha256$6400$c2FsdA$c2hvcnQ",
    "pbkdf2_md5$1000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=",
    "$scrypt$ln=14,r=8,p=1$$cCO9yzr9c0hGHAbNgf046w",
    `$scrypt$ln=14,r=8,p=1$${"A".repeat(400)}$cCO9yzr9c0hGHAbNgf046w`,
    // An Argon2id over something needs all of both.
    "$argon2id$v=19$m=19456,t=2,p=1$d4eeWU0SejhNO3zHRVKEqw$pv86dvfF1b81Stk5ZscRxT69pXn6znyAlwjxNdc12zc over ",
    "$argon2id$v=19$m=8,t=1,p=1$d4eeWU0SejhNO3zHRVKEqw$pv86dvfF1b81Stk5ZscRxT69pXn6znyAlwjxNdc12zc over $bcrypt$cost=5,l=23$EEEEEEEEEEEEEEEEEEEEEA",
  ];
  for (const text of texts) assert.deepEqual(readForeignHash(text), { refused: "hashUnknown" }, text);
  assert.deepEqual(readFirebaseHash("AAAA", "AAAA", firebase), { refused: "hashUnknown" });
  assert.deepEqual(readFirebaseHash("", "", { ...firebase, signerKey: "" }), { refused: "hashUnknown" });
});

test("a hash that would take a sign-in minutes or gigabytes is not taken", () => {
  const salt = "c29tZXNhbHQ";
  const digest = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  const texts = [
    "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    "$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    `$pbkdf2-sha256$999999999$${salt}$${digest}`,
    `$pbkdf2-sha256$99999999999999999999999$${salt}$${digest}`,
    `$pbkdf2-sha256$0$${salt}$${digest}`,
    `$scrypt$ln=24,r=8,p=1$${salt}$${digest}`,
    `$scrypt$ln=14,r=4096,p=1$${salt}$${digest}`,
    // That nobody can compute.
    `$scrypt$ln=16,r=1,p=1$${salt}$${digest}`,
    `$scrypt$ln=14,r=8,p=999999$${salt}$${digest}`,
    `$argon2id$v=19$m=10485760,t=1,p=1$${salt}$${digest}`,
    `$argon2id$v=19$m=65536,t=4000000000,p=1$${salt}$${digest}`,
    `$argon2i$v=19$m=65536,t=3,p=16777215$${salt}$${digest}`,
    `$argon2d$v=19$m=0,t=0,p=0$${salt}$${digest}`,
    `$argon2id$v=19$m=4194304,t=2,p=1$${salt}$${digest} over $bcrypt$cost=5,l=23$EEEEEEEEEEEEEEEEEEEEEA`,
    `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${digest} over $bcrypt$cost=30,l=23$EEEEEEEEEEEEEEEEEEEEEA`,
  ];
  for (const text of texts) assert.ok(readForeignHash(text).refused, text);
  assert.deepEqual(readForeignHash(texts[0]!), { refused: "hashTooCostly" });
  const costly = readFirebaseHash(firebaseHash, "42xEC+ixf3L2lw==", { ...firebase, memCost: 24 });
  assert.deepEqual(costly, { refused: "hashTooCostly" });
});
