import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CommanderError } from "commander";
import { commands } from "./commands.ts";
import { programOf } from "./program.ts";

/** The command that the arguments name with its options, or why they name none. */
async function typed(...args: readonly string[]) {
  let found: { readonly name: string; readonly options: object; readonly args: readonly string[] } | undefined;
  const program = programOf(commands, async ({ name }, leaf) => {
    found = { name, options: leaf.opts(), args: leaf.args };
  });
  for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])]) {
    command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  }
  await program.parseAsync(args, { from: "user" });
  return found;
}

describe("programOf", () => {
  test("options are read by their types", async () => {
    const plan = ["--count", "3", "--duration", "30d", "--levels", "pro, beta", "--seats", "2", "--bind-client"];
    const found = await typed("license", "create", "--app", "x", ...plan, "--json");
    assert.deepEqual(found?.options, {
      app: "x",
      count: 3,
      duration: 2_592_000_000,
      levels: ["pro", "beta"],
      seats: 2,
      bindClient: true,
      json: true,
    });
  });

  test("what is typed wrongly names no command", async () => {
    const wrong = [
      [],
      ["app"],
      ["nonsense"],
      ["app", "create"],
      ["app", "show"],
      ["app", "list", "extra"],
      ["app", "list", "--nonsense"],
      ["app", "create", "--name", "My Product", "--set", "nonsense=1"],
      ["license", "create", "--app", "x", "--count", "0"],
      ["license", "create", "--app", "x", "--count", "100001"],
      ["license", "create", "--app", "x", "--duration", "soon"],
      ["license", "create", "--app", "x", "--duration", "0d"],
      ["license", "create", "--app", "x", "--levels", "a,,b"],
    ];
    for (const args of wrong) {
      const isRefusal = (error: unknown) => error instanceof CommanderError && error.exitCode !== 0;
      await assert.rejects(typed(...args), isRefusal, args.join(" "));
    }
  });

  test("help is what was asked for", async () => {
    const isHelp = (error: unknown) => error instanceof CommanderError && error.exitCode === 0;
    await assert.rejects(typed("license", "create", "--help"), isHelp);
  });
});
