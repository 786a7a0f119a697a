// Which way imports point. Tests, and the testkit that serves them, may import anything.
const tests = ["\\.(test|contract|test-d)\\.ts$", "^e2e/", "^packages/testkit/", "^scripts/screenshots"];

// What each package may import of the others, besides itself.
const packages = {
  protocol: [],
  client: ["protocol"],
  server: ["protocol"],
  cli: ["server", "client", "protocol"],
  dashboard: ["protocol"],
};

// What each room of the server may import of the others, besides itself. Left out: server.ts and index.ts, which wire
// everything. `vocabulary` is what the arguments of operations and steps are made of.
const vocabulary = ["caller", "context", "config", "clock", "public-url", "version"];
const ground = ["domain", "storage", "files", "providers", "mail", "cluster", "crypto", "report"];
const rooms = {
  doors: [...vocabulary, "gate", "presence", "operator-presence", "download", "wording", "cluster", "crypto", "report"],
  gate: [...vocabulary, "operations", "steps", "domain", "cluster", "crypto", "report"],
  handlers: ["gate", "operations"],
  presence: [...vocabulary, "steps", ...ground],
  "operator-presence": [...vocabulary, "steps", ...ground],
  download: [...vocabulary, "steps", ...ground],
  caller: ground,
  context: ["config", "clock", "public-url", "webhooks", ...ground],
  operations: [...vocabulary, "steps", ...ground],
  steps: [...vocabulary, ...ground],
  cluster: ["config", "clock", "storage", "files", "crypto", "report"],
  files: ["config", "clock", "public-url", "storage", "crypto", "report"],
  webhooks: ["config", "clock", "domain", "storage", "crypto", "report"],
  mail: ["config", "clock", "public-url", "domain", "storage", "wording", "crypto", "report"],
  wording: [],
  "public-url": ["config"],
  providers: ["clock", "domain", "crypto", "report"],
  backup: ["config", "clock", "files", "storage", "crypto"],
  crypto: ["config", "clock", "report"],
  report: ["config", "clock"],
  domain: [],
  storage: [],
};

const badNames = "(^|/)(utils?|helpers?|common|shared|lib|misc|managers?|services?)(/|\\.[a-z.]+$)";

const packageBorders = Object.entries(packages).map(([name, allowed]) => ({
  name: `package-${name}`,
  comment: `${name} may import ${allowed.join(", ") || "no other package of ours"}.`,
  from: { path: `^packages/${name}/`, pathNot: tests },
  to: { path: "^packages/", pathNot: `^packages/(${[name, ...allowed].join("|")})/` },
}));

const roomBorders = Object.entries(rooms).map(([name, allowed]) => ({
  name: `room-${name}`,
  comment: `${name} may import ${allowed.join(", ") || "no other room"}.`,
  from: { path: `^packages/server/src/${name}[./]`, pathNot: tests },
  // Rows and ids are the nouns of every room: their types may be named anywhere.
  to: {
    path: "^packages/server/src/",
    pathNot: `^packages/server/src/((${[name, ...allowed].join("|")})[./]|storage/(tables[a-z-]*|account-search|live-session|session-names)\\.ts$)`,
  },
}));

/** Only these places may import what this pattern matches. */
function only(name, places, pattern) {
  return {
    name: `only-${name}`,
    comment: `Only ${places.join(" and ")} may import ${pattern}.`,
    from: { path: "^packages/", pathNot: [...tests, ...places] },
    to: { path: pattern },
  };
}

const rules = [
  ...packageBorders,
  ...roomBorders,
  {
    name: "door-to-door",
    comment: "Doors do not know each other; the listener picks one.",
    from: { path: "^packages/server/src/doors/([^/]+)/", pathNot: tests },
    to: { path: "^packages/server/src/doors/[^/]+/", pathNot: "^packages/server/src/doors/$1/" },
  },
  {
    name: "operation-to-operation",
    comment: "What two operations share moves down: to domain, storage or steps.",
    from: { path: "^packages/server/src/operations/", pathNot: tests },
    to: { path: "^packages/server/src/operations/" },
  },
  {
    name: "storage-takes-types",
    comment: "Storage knows the contract's types, not its functions and numbers. (The domain runs its limits.)",
    from: { path: "^packages/server/src/storage/", pathNot: tests },
    to: { path: "^packages/protocol/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "domain-without-io",
    comment:
      "A rule is testable without a database, a clock or a network. (net is there for isIP, and valibot: both are pure.)",
    from: { path: "^packages/server/src/domain/", pathNot: tests },
    to: { dependencyTypes: ["core", "npm"], pathNot: "^net$|node_modules/valibot/" },
  },
  {
    name: "portable",
    comment: "protocol and client also run in a browser; only client/src/sync is Node's.",
    from: { path: "^packages/(protocol|client)/", pathNot: [...tests, "^packages/client/src/sync/"] },
    to: { dependencyTypes: ["core"] },
  },
  only("kysely", ["^packages/server/src/storage/"], "(^|/)node_modules/kysely/"),
  only(
    "drivers",
    ["^packages/server/src/storage/dialects/", "^packages/server/src/cluster/postgres-bus\\.ts$"],
    "(^|/)node_modules/(@types/)?pg/|^(node:)?sqlite$",
  ),
  only("nodemailer", ["^packages/server/src/mail/"], "(^|/)node_modules/nodemailer/"),
  only("oauth", ["^packages/server/src/providers/"], "(^|/)node_modules/(openid-client|jose)/"),
  only("ws", ["^packages/server/src/doors/live/(accept|live-socket)\\.ts$"], "(^|/)node_modules/(@types/)?ws/"),
  {
    name: "dashboard-in-a-browser",
    comment: "The dashboard runs in a browser, and knows the contract alone.",
    from: { path: "^packages/dashboard/", pathNot: tests },
    to: { dependencyTypes: ["core"] },
  },
  only("react", ["^packages/dashboard/"], "(^|/)node_modules/(@types/)?(react|react-dom|@mantine)/"),
  {
    name: "testkit-is-for-tests",
    comment: "Nothing but tests may import the testkit.",
    from: { pathNot: tests },
    to: { path: "^packages/testkit/" },
  },
  {
    name: "no-cycles",
    comment: "A cycle means that a border is missing.",
    from: {},
    to: { circular: true },
  },
  {
    name: "unresolved",
    comment: "The import leads nowhere.",
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: "names-that-decide-nothing",
    comment: "Name the file after what it exports. (The user service keeps its name: it is a contract's.)",
    from: {},
    to: { path: badNames, pathNot: "node_modules" },
  },
  {
    name: "names-that-decide-nothing-here",
    comment: "Name the file after what it exports.",
    from: { path: badNames, pathNot: "node_modules" },
    to: {},
  },
];

module.exports = {
  forbidden: rules.map((rule) => ({ ...rule, severity: "error" })),
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^packages/[^/]+/dist/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
