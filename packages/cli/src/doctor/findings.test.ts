import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type Config, readConfig } from "@latchkey/server";
import { startSmtp, testCertificate, testCertificateKey } from "@latchkey/testkit";
import type { Check } from "./check.ts";
import { checkBackup } from "./check-backup.ts";
import { checkCertificate } from "./check-certificate.ts";
import { checkDatabaseClock } from "./check-clock.ts";
import { checkDatabaseServer } from "./check-database-server.ts";
import { checkDescriptors } from "./check-descriptors.ts";
import { checkDisk } from "./check-disk.ts";
import { checkExposure, checkProxies } from "./check-exposure.ts";
import { checkMail } from "./check-mail.ts";
import { checkSecretFiles } from "./check-secret-files.ts";
import { checkSigningKey } from "./check-signing-key.ts";

const root = mkdtempSync(join(tmpdir(), "latchkey-doctor-"));
const day = 86_400_000;
const now = Date.UTC(2027, 0, 1);

after(() => {
  rmSync(root, { recursive: true });
});

function configOf(settings: Readonly<Record<string, string>>): Config {
  const read = readConfig({ data: root, ...settings });
  assert.ok("config" in read, JSON.stringify(read));
  return read.config;
}

function otherKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" });
}

function fileOf(name: string, content: string): string {
  const path = join(root, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

/** Whatever is not fine says what it is, why that matters and what to do. */
function is(check: Check, result: Check["result"], says = /./): void {
  assert.equal(check.result, result, check.message);
  assert.match(check.message, says);
  assert.equal(check.why !== undefined && check.remedy !== undefined, result !== "ok");
}

test("[MG-DOCTOR-1] a clock that is not the database's, and a database that is old or far away", () => {
  is(checkDatabaseClock(-999), "ok");
  is(checkDatabaseClock(2_000), "warning", /2s/);
  is(checkDatabaseClock(-15_000), "failed");
  const facts = { version: "PostgreSQL 18.1", major: 18, latencyMs: 1, aheadMs: 0 };
  is(checkDatabaseServer(facts), "ok");
  is(checkDatabaseServer({ ...facts, latencyMs: 21 }), "warning", /21 ms/);
  is(checkDatabaseServer({ ...facts, major: 14 }), "failed");
});

test("[MG-DOCTOR-2] passwords that would cross a network in clear", () => {
  const [tlsCertificate, tlsKey] = [fileOf("c.pem", testCertificate), fileOf("k.pem", testCertificateKey)];
  is(checkExposure(configOf({})), "ok");
  is(checkExposure(configOf({ host: "0.0.0.0" })), "failed", /without TLS/);
  is(checkExposure(configOf({ host: "0.0.0.0", publicUrl: "http://example.org" })), "failed");
  is(checkExposure(configOf({ host: "0.0.0.0", publicUrl: "https://example.org" })), "ok");
  is(checkExposure(configOf({ host: "0.0.0.0", tlsCertificate, tlsKey })), "ok");
});

test("[MG-DOCTOR-3] proxies that are believed too much, or not at all", () => {
  const publicUrl = "https://example.org";
  is(checkProxies(configOf({})), "ok");
  is(checkProxies(configOf({ trustedProxies: "0.0.0.0/0" })), "failed", /anybody/);
  is(checkProxies(configOf({ publicUrl })), "warning", /not trusted/);
  is(checkProxies(configOf({ publicUrl, trustedProxies: "127.0.0.1" })), "ok");
  is(checkProxies(configOf({ publicUrl, trustedProxies: "127.0.0.0/8" })), "ok");
  is(checkProxies(configOf({ publicUrl, trustedProxies: "10.0.0.0/8" })), "warning", /none of trustedProxies/);
  is(checkProxies(configOf({ publicUrl, trustedProxies: "10.0.0.0/8", host: "10.0.0.7" })), "ok");
});

test("[MG-DOCTOR-4] secrets that others on the machine may read", () => {
  is(checkSecretFiles(configOf({})), "ok");
  for (const name of ["signing.key", "latchkey.toml"]) {
    const path = fileOf(name, "");
    chmodSync(path, 0o644);
    is(checkSecretFiles(configOf({})), "warning", new RegExp(name));
    chmodSync(path, 0o640);
    is(checkSecretFiles(configOf({})), "ok");
    rmSync(path);
  }
  const tlsKey = fileOf("open.pem", testCertificateKey);
  chmodSync(tlsKey, 0o644);
  is(checkSecretFiles({ dataDirectory: root, tlsKey }), "warning", /open.pem/);
});

test("[MG-DOCTOR-5] a certificate that has ended, ends soon, or belongs to another key or name", () => {
  const [tlsCertificate, tlsKey] = [fileOf("c.pem", testCertificate), fileOf("k.pem", testCertificateKey)];
  const check = (given: Readonly<Record<string, string>>, at: number) =>
    checkCertificate(configOf({ tlsCertificate, tlsKey, ...given }), at);
  const end = Date.UTC(2126, 9, 28, 12, 34);
  is(checkCertificate(configOf({}), now), "ok");
  is(check({}, now), "ok");
  is(check({ publicUrl: "https://localhost" }, now), "ok");
  is(check({ publicUrl: "https://127.0.0.1:8090" }, now), "ok");
  is(check({ publicUrl: "https://example.org" }, now), "failed", /example.org/);
  is(check({}, end - 13 * day), "warning", /ends at/);
  is(check({}, end + day), "failed", /ended/);
  is(check({}, Date.UTC(2026, 0, 1)), "failed", /begins/);
  is(check({ tlsKey: fileOf("other.pem", otherKey()) }, now), "failed", /another certificate/);
  is(check({ tlsKey: fileOf("broken.pem", "no key") }, now), "failed", /cannot be read/);
});

test("[MG-DOCTOR-6] a signing key that is missing, damaged or weak", () => {
  const database = "postgres://localhost/x";
  is(checkSigningKey(configOf({})), "ok", /first start/);
  is(checkSigningKey(configOf({ database })), "failed", /none is set/);
  is(checkSigningKey(configOf({ database, signingKey: "a".repeat(32) })), "warning");
  is(checkSigningKey(configOf({ database, signingKey: "what the links of tests are sealed with" })), "ok");
  const path = fileOf("signing.key", "short");
  is(checkSigningKey(configOf({})), "failed", /damaged/);
  rmSync(path);
});

test("[MG-DOCTOR-7] a disk without room, and too few open files", () => {
  const space = { bsize: 1_000, bavail: 1_000_000, files: 100_000, ffree: 50_000 };
  is(checkDisk(root, space), "ok");
  is(checkDisk(root, { ...space, bavail: 999_999 }), "warning", /999 MB/);
  is(checkDisk(root, { ...space, bavail: 99_999 }), "failed");
  is(checkDisk(root, { ...space, ffree: 9_999 }), "warning", /inodes/);
  is(checkDisk(root, { ...space, files: 0, ffree: 0 }), "ok");
  const limits = (hard: string) =>
    `Limit Soft Hard Units\nMax open files            1024                 ${hard}   files\n`;
  is(checkDescriptors(limits("524288")), "ok");
  is(checkDescriptors(limits("1024")), "warning", /768 connections/);
  is(checkDescriptors(""), "ok", /not known/);
});

test("[MG-DOCTOR-8] an SMTP server that cannot be reached or does not let this one in; none is sent a mail", async () => {
  await using smtp = await startSmtp({ tls: true, password: "right" });
  const smtpCertificate = fileOf("smtp.pem", testCertificate);
  const settings = { smtpHost: "localhost", mailFrom: "latchkey@example.org", smtpCertificate, smtpUser: "latchkey" };
  const check = (given: Readonly<Record<string, string>>) => checkMail(configOf({ ...settings, ...given }));
  is(await checkMail(configOf({})), "warning", /become files/);
  is(await check({ smtpPort: `${smtp.port}`, smtpPassword: "right" }), "ok");
  is(await check({ smtpPort: `${smtp.port}`, smtpPassword: "wrong" }), "failed", /EAUTH/);
  is(await check({ smtpPort: "1", smtpPassword: "right" }), "failed", /ECONNREFUSED|ESOCKET/);
  is(await check({ smtpCertificate: join(root, "absent"), smtpPassword: "right" }), "failed", /absent/);
  assert.equal(smtp.offered, 0);
});

test("[MG-DOCTOR-9] a backup that is old or that nobody made", () => {
  is(checkBackup(now - 7 * day, now), "ok");
  is(checkBackup(now - 8 * day, now), "warning");
  is(checkBackup(undefined, now), "warning", /none/);
});
