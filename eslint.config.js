import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const tests = ["**/*.test.ts", "**/*.contract.ts", "**/*.test-d.ts", "e2e/**", "packages/testkit/**"];
const processOwners = ["packages/cli/**", "packages/testkit/**"];
const clockOwners = ["packages/cli/**", "packages/testkit/**", "scripts/**", "bench/**", "e2e/**"];
const clocks = ["packages/{client,server,dashboard}/src/clock.ts"];
const assertionBorders = [
  "packages/server/src/gate.ts",
  "packages/server/src/doors/live/dispatch.ts",
  "packages/server/src/storage/**",
  "packages/client/src/forms.ts",
  "packages/client/src/panel-event.ts",
  "packages/dashboard/src/api/read-output.ts",
];
const dataTables = [
  "packages/protocol/src/live/statuses.ts",
  "packages/protocol/src/live/close-codes.ts",
  "packages/protocol/src/user-service/error-codes.ts",
  "packages/server/src/handlers.ts",
];

// Our own rules: one per prohibition, so that each has a name, a message and its own exceptions.
const latchkey = {
  rules: {
    "no-enum": forbid("Use an `as const` object and a union of the same name.", "TSEnumDeclaration"),
    "no-default-export": forbid(
      "Use a named export.",
      "ExportDefaultDeclaration",
      "ExportSpecifier[exported.name='default']",
    ),
    "no-exported-arrow": forbid(
      "Export a function declaration.",
      "ExportNamedDeclaration > VariableDeclaration > VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression",
    ),
    "no-distant-import": forbid(
      "Import `#room/file.ts` or a package by its name.",
      ":matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration)[source.value=/^\\.\\.\\/\\.\\./]",
    ),
    "no-process-import": forbid(
      "Only the cli knows that it is a process.",
      "ImportDeclaration[source.value=/^(node:)?process$/]",
    ),
    "no-ambient-time": forbid(
      "Time is passed in: take `now` or a clock from the caller.",
      "MemberExpression[object.name='Date'][property.name='now']",
      "NewExpression[callee.name='Date'][arguments.length=0]",
      "CallExpression[callee.name='Date']",
    ),
    "no-ambient-randomness": forbid(
      "Randomness is passed in: take a random source from the caller.",
      "MemberExpression[object.name='Math'][property.name='random']",
    ),
    "no-wire-number": {
      create: (context) => ({
        Literal(node) {
          if (typeof node.value === "number" && isWireNumber(node))
            context.report({ node, message: "A wire number has a name in @latchkey/protocol: Status or CloseCode." });
        },
      }),
    },
  },
};

function forbid(message, ...selectors) {
  return {
    create: (context) =>
      Object.fromEntries(selectors.map((selector) => [selector, (node) => context.report({ node, message })])),
  };
}

function isWireNumber(literal) {
  // 4096 is a size, and four seconds are written 4_000.
  if (/^(4(?!096)\d{3}|1012)$/.test(literal.raw)) return true;
  const target = whatMeets(literal);
  const name = target?.type === "MemberExpression" ? target.property.name : target?.name;
  // From 100 on `status` may just as well be HTTP's.
  return name === "closeCode" || (name === "status" && literal.value < 100);
}

/** The expression or key that a literal is compared with or assigned to. */
function whatMeets(literal) {
  const { parent } = literal;
  switch (parent.type) {
    case "BinaryExpression":
      return parent.left === literal ? parent.right : parent.left;
    case "AssignmentExpression":
      return parent.left;
    case "Property":
      return parent.key;
    case "SwitchCase":
      return parent.parent.discriminant;
    default:
      return undefined;
  }
}

export default defineConfig(
  { ignores: ["**/node_modules/", "**/dist/", "packages/client/api*.d.ts"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    plugins: { latchkey },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "latchkey/no-enum": "error",
      "latchkey/no-default-export": "error",
      "latchkey/no-distant-import": "error",
      "latchkey/no-exported-arrow": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-imports": "error",
      // A `default` is a decision about all the rest; a switch without one must be complete.
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],

      // Numbers and booleans read well in a template.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // An operation is async by contract, whether or not it has something to await.
      "@typescript-eslint/require-await": "off",
      // What a library hands over as its error is thrown on as it is.
      "@typescript-eslint/only-throw-error": ["error", { allowThrowingUnknown: true }],
      // `() => stop()` says the same as `() => { stop(); }`.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // `while (true)` with a return inside is the clearest loop there is.
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      // An id gets its brand where it is made: `newRowId<SessionId>()`.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // The rule knows `new Promise<void>` but not `Promise.withResolvers<void>()`.
      "@typescript-eslint/no-invalid-void-type": "off",
      // The input of an operation without fields is `{}`.
      "@typescript-eslint/no-generated-empty-object-type": "off",
      // Lengths are counted in code points, which is what spreading a string gives.
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      // `const { secret, ...rest } = row` leaves a field out, `using` needs a name, a leading `_` says "not used".
      "@typescript-eslint/no-unused-vars": [
        "error",
        { ignoreRestSiblings: true, ignoreUsingDeclarations: true, argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
    },
  },
  {
    files: ["packages/{server,client}/**/*.ts"],
    ignores: tests,
    rules: { "latchkey/no-wire-number": "error" },
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: [...clockOwners, ...clocks],
    rules: { "latchkey/no-ambient-time": "error", "latchkey/no-ambient-randomness": "error" },
  },
  {
    files: ["packages/**/*.{ts,tsx}"],
    ignores: processOwners,
    rules: {
      "latchkey/no-process-import": "error",
      "no-restricted-globals": ["error", { globals: ["process"], checkGlobalObject: true }],
    },
  },
  { files: ["packages/dashboard/**/*.{ts,tsx}"], extends: [reactHooks.configs.flat.recommended] },
  { files: assertionBorders, rules: { "@typescript-eslint/consistent-type-assertions": "off" } },
  { files: dataTables, rules: { "max-lines": "off" } },
  {
    files: tests,
    rules: {
      "@typescript-eslint/consistent-type-assertions": "off",
      "max-lines": ["error", { max: 500, skipBlankLines: true, skipComments: true }],
      // A missing value fails the test at the very next line anyway.
      "@typescript-eslint/no-non-null-assertion": "off",
      // The runner keeps the promises of tests and suites.
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", package: "node:test", name: ["test", "it", "describe", "suite"] },
          ],
        },
      ],
      // A test asserts what came over the wire; a schema in between would be the thing under test.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
  // ESLint reads its configuration from a default export.
  { files: ["eslint.config.js"], rules: { "latchkey/no-default-export": "off" } },
);
