import { isIPv4, isIPv6 } from "node:net";
import { availableParallelism, hostname } from "node:os";
import { isEmail } from "@latchkey/protocol";
import type { PasswordConfig } from "./crypto/passwords.ts";
import type { DatabaseConfig } from "./storage/database.ts";

const unitMs = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** How one setting is read from text. */
interface Setting<T> {
  readonly default: T;
  /** `undefined`: the text does not fit. */
  readonly read: (text: string) => T | undefined;
  readonly expects: string;
  /** Of a value that is a duration. */
  readonly unit?: "ms";
  /** Never to be shown or repeated. */
  readonly isSecret?: true;
  readonly about: string;
}

/** Every setting of the server, with its default. Names are camelCase here; the command derives flags and variables. */
export const settings = {
  data: text("./latchkey-data", "data directory: the SQLite database and everything else that is kept"),
  database: text("", "postgres:// URL; empty: SQLite in the data directory"),
  databaseConnections: integer(10, 1, 1000, "connections to PostgreSQL"),
  host: text("127.0.0.1", "address to listen on"),
  port: integer(8090, 0, 65_535, "port to listen on; 0: any free one"),
  location: text(hostname(), "what a client is told about where this server is"),
  publicUrl: address("this server's own address in links; empty: the address and port it listens on"),
  tlsCertificate: text("", "file of the certificate chain in PEM; with tlsKey: https and wss instead of http and ws"),
  tlsKey: text("", "file of the certificate's private key in PEM"),
  managementHosts: names("host names besides that of publicUrl by which operators may call this server"),
  pathPrefix: text("", "path in front of the user service, such as /users-door"),
  trustedProxies: networks("addresses or networks whose X-Forwarded-For and X-Request-Id are believed"),
  metricsHost: text("127.0.0.1", "address of /metrics for Prometheus"),
  metricsPort: portOrNone(8091, "port of /metrics; 0: any free one; off: none"),
  logRequests: choice(["off", "on"], "whether the log has a line for each operation"),
  otlpEndpoint: address("OpenTelemetry receiver (OTLP over HTTP) that gets a span for each operation; empty: none"),
  shutdownDelay: duration("0s", "how long /readyz says no before a server that is to stop takes no more connections"),
  initializeTimeout: duration("15s", "how long a connection may stay uninitialized"),
  pingInterval: duration("30s", "how often a live connection is asked whether it is still there"),
  resumeWindow: duration("5m", "how long a lost connection's session is kept"),
  frameLimit: integer(65_536, 1024, 16_777_216, "bytes of the largest frame from a client"),
  outgoingLimit: integer(1_048_576, 65_536, 1_073_741_824, "bytes that may wait to be written to one connection"),
  signInsPerIdentity: integer(10, 1, 1_000_000, "sign-ins a minute for one identity from one address"),
  signInsPerAddress: integer(100, 1, 1_000_000, "sign-ins a minute from one address"),
  registrationsPerAddress: integer(
    20,
    1,
    1_000_000,
    "registrations and guest logins a minute with client keys from one address",
  ),
  passwordChecksPerSession: integer(10, 1, 1_000_000, "passwords a minute that one session may have checked"),
  sessionActionsPerMinute: integer(90, 1, 1_000_000_000, "packets and pings a minute of one live session"),
  addressActionsPerMinute: integer(900, 1, 1_000_000_000, "packets, pings and upgrades a minute from one address"),
  uninitializedPerAddress: integer(200, 1, 1_000_000, "uninitialized live connections at a time from one address"),
  addressBlock: duration("5m", "how long an address is kept from the live door after crossing its limits"),
  blacklistsPerAddress: integer(10, 1, 1_000_000, "clients an hour that may blacklist themselves from one address"),
  linkRequestsPerIdentity: integer(3, 1, 1_000_000, "mails an hour with a link for one identity"),
  linkRequestsPerAddress: integer(20, 1, 1_000_000, "mails an hour with links asked for from one address"),
  linkPagesPerAddress: integer(20, 1, 1_000_000, "link pages a minute for one address"),
  smtpHost: text("", "SMTP server that mails go out through; empty: they become files in the folder outbox"),
  smtpPort: integer(587, 1, 65_535, "port of the SMTP server; with 465 TLS comes first, else when it is offered"),
  smtpUser: text("", "who signs in to the SMTP server, always under TLS; empty: nobody"),
  smtpPassword: secret(1, "password at the SMTP server"),
  smtpCertificate: text("", "file of the certificate in PEM that the SMTP server is trusted by; empty: the usual ones"),
  mailFrom: mailAddress("e-mail address that mails come from"),
  webhookAllowedNetworks: networks("networks besides the internet that webhooks may be sent to, also by plain http"),
  downloadUrlTtl: duration("1m", "how long after a download URL was made its download may begin"),
  signingKey: secret(
    32,
    "what download URLs are sealed with; empty: a key made in the data directory, with SQLite only",
  ),
  formerSigningKeys: secrets(
    32,
    "signing keys of before, separated by commas: what the audit log was sealed with while they were in use still holds",
  ),
  auditRetention: duration("0d", "how long entries of the audit log are kept; 0d: for ever"),
  s3Endpoint: address("S3-compatible service that keeps the files; empty: the data directory does"),
  s3Bucket: text("", "bucket of the S3-compatible service"),
  s3Region: text("us-east-1", "region of the bucket"),
  s3AccessKey: text("", "access key of the S3-compatible service"),
  s3SecretKey: secret(1, "secret key of the S3-compatible service"),
  hashMemory: integer(19_456, 19_456, 4_194_304, "KiB of memory of one password hash"),
  hashPasses: integer(2, 2, 100, "passes of one password hash"),
  hashLanes: integer(1, 1, 64, "lanes of one password hash"),
  hashConcurrency: integer(availableParallelism(), 1, 1024, "password hashes at a time"),
  hashWaiting: integer(100, 1, 100_000, "password hashes that may wait for their turn"),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;
type Values = { readonly [N in SettingName]: (typeof settings)[N]["default"] };

/** Everything the server needs to know, checked and frozen. Durations are in ms, sizes in bytes. */
export interface Config extends Omit<Values, "database" | "data"> {
  readonly dataDirectory: string;
  readonly database: DatabaseConfig;
  readonly passwords: PasswordConfig;
}

export type ReadConfig = { readonly config: Config } | { readonly problems: readonly string[] };

/** Strings in, one frozen Config out; absent settings take their defaults, unknown and ill-formed ones are problems. */
export function readConfig(given: Readonly<Record<string, string>>): ReadConfig {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
    const text = given[name];
    const value = text === undefined ? setting.default : setting.read(text);
    if (value === undefined) problems.push(misfit(name, text ?? "", setting));
    values[name] = value;
  }
  for (const name of Object.keys(given)) if (!(name in settings)) problems.push(`${name} is not a setting`);
  if (problems.length > 0) return { problems };
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- each value was read by its own setting
  return configFrom(values as Values, problems);
}

function configFrom(values: Values, problems: string[]): ReadConfig {
  const { data, database: url, ...rest } = values;
  if (url && !/^postgres(ql)?:\/\//.test(url)) problems.push(`database must be a postgres:// URL`);
  if ((values.tlsCertificate === "") !== (values.tlsKey === "")) problems.push("tlsCertificate and tlsKey go together");
  const { s3Endpoint, s3Bucket, s3AccessKey, s3SecretKey } = values;
  const s3 = [s3Endpoint, s3Bucket, s3AccessKey, s3SecretKey];
  if ((values.smtpUser === "") !== (values.smtpPassword === "")) problems.push("smtpUser and smtpPassword go together");
  if (values.smtpHost !== "" && values.mailFrom === "") problems.push("smtpHost needs mailFrom");
  if (s3.includes("") && s3.some((value) => value !== ""))
    problems.push("s3Endpoint, s3Bucket, s3AccessKey and s3SecretKey go together");
  if (problems.length > 0) return { problems };
  const database: DatabaseConfig = url
    ? { kind: "postgres", url, connections: values.databaseConnections }
    : { kind: "sqlite", directory: data };
  const passwords: PasswordConfig = {
    memoryKiB: values.hashMemory,
    passes: values.hashPasses,
    lanes: values.hashLanes,
    concurrency: values.hashConcurrency,
    waiting: values.hashWaiting,
  };
  return { config: Object.freeze({ ...rest, dataDirectory: data, database, passwords }) };
}

/** What is wrong with the text of a setting; `label` is what it is called where it comes from. */
export function misfit(
  label: string,
  text: string,
  { expects, isSecret }: Pick<Setting<unknown>, "expects" | "isSecret">,
) {
  return isSecret ? `${label} must be ${expects}` : `${label} is "${text}" but must be ${expects}`;
}

function secret(min: number, about: string): Setting<string> {
  const read = (given: string) => (given === "" || given.length >= min ? given : undefined);
  return { default: "", read, expects: `a secret of at least ${min} characters`, isSecret: true, about };
}

function secrets(min: number, about: string): Setting<readonly string[]> {
  const read = (given: string) => {
    const items = given
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "");
    return items.every((item) => item.length >= min) ? items : undefined;
  };
  return { default: [], read, expects: `secrets of at least ${min} characters each`, isSecret: true, about };
}

/** Without a slash at its end, so that paths can follow. */
function address(about: string): Setting<string> {
  const read = (given: string) => {
    if (given === "") return given;
    const isAddress = /^https?:\/\//i.test(given) && URL.canParse(given) && !/[?#\s]/.test(given);
    return isAddress ? given.replace(/\/+$/, "") : undefined;
  };
  return { default: "", read, expects: "an http:// or https:// URL without a query", about };
}

function mailAddress(about: string): Setting<string> {
  const read = (given: string) => (given === "" || isEmail(given) ? given : undefined);
  return { default: "", read, expects: "an e-mail address", about };
}

function text(value: string, about: string): Setting<string> {
  return { default: value, read: (given) => given, expects: "text", about };
}

function names(about: string): Setting<readonly string[]> {
  const read = (given: string) => {
    const items = given.split(/[\s,]+/).filter((item) => item !== "");
    return items.every((item) => /^[a-z0-9.-]{1,253}$/i.test(item)) ? items : undefined;
  };
  return { default: [], read, expects: "host names without ports, separated by commas", about };
}

function networks(about: string): Setting<readonly string[]> {
  const read = (given: string) => {
    const items = given.split(/[\s,]+/).filter((item) => item !== "");
    return items.every(isNetwork) ? items : undefined;
  };
  return { default: [], read, expects: "addresses or networks such as 10.0.0.0/8, separated by commas", about };
}

function isNetwork(item: string): boolean {
  const [address = "", prefix, ...more] = item.split("/");
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  return (
    more.length === 0 && bits > 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
  );
}

function integer(value: number, min: number, max: number, about: string): Setting<number> {
  const read = (given: string) => {
    const number = Number(given);
    return /^\d+$/.test(given) && number >= min && number <= max ? number : undefined;
  };
  return { default: value, read, expects: `a whole number from ${min} to ${max}`, about };
}

/** The first one is the default. */
function choice<const T extends string>(values: readonly [T, ...T[]], about: string): Setting<T> {
  const read = (given: string) => values.find((value) => value === given);
  return { default: values[0], read, expects: values.join(" or "), about };
}

function portOrNone(value: number, about: string): Setting<number | "off"> {
  const { read, expects } = integer(value, 0, 65_535, about);
  return {
    default: value,
    read: (given) => (given === "off" ? given : read(given)),
    expects: `${expects}, or off`,
    about,
  };
}

function duration(value: string, about: string): Setting<number> {
  const expects = "a duration such as 500ms, 15s, 5m, 2h or 30d";
  return { default: readDuration(value) ?? 0, read: readDuration, expects, unit: "ms", about };
}

/** Milliseconds of a duration such as `30d`; `undefined`: not one. */
export function readDuration(given: string): number | undefined {
  const [, amount, unit = ""] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(given) ?? [];
  const ms = unitMs.get(unit);
  return ms && Number(amount) * ms;
}
