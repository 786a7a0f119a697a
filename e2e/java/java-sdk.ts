import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { promisify } from "node:util";
import { within } from "@latchkey/testkit";

const here = import.meta.dirname;
const cache = join(here, "../../node_modules/.cache/latchkey-java");
const downloadWithinMs = 90_000;
const run = promisify(execFile);

const jvm = "java";

/** The releases that are driven: the newest of each line that Maven Central has. */
const lines = {
  6: { versions: "[6.2.1,7.0-alpha)", sources: ["src"], main: "Calls" },
  7: { versions: "[7.0-alpha,7.1)", sources: ["src", "src-7"], main: "CallsOf7" },
} as const;
export type Line = keyof typeof lines;

/** What a call came to: a result, a fault of the SDK, or something else that was thrown. */
export interface Said {
  readonly result?: unknown;
  readonly code?: string;
  readonly message?: string;
  readonly extendedData?: unknown;
  readonly thrown?: string;
}

/** A JVM with the official SDK in it, which makes one call after another. */
export interface JavaProgram extends AsyncDisposable {
  /** The SDK's file, which has its version. */
  readonly sdk: string;
  call(form: "blocking" | "callback", name: string, ...values: readonly string[]): Promise<Said>;
}

/** Starts one, or says why none can be had. */
export async function startJava(line: Line): Promise<JavaProgram | { readonly reason: string }> {
  let jars: readonly string[];
  try {
    await Promise.all([run("javac", ["-version"]), run(jvm, ["-version"])]);
    jars = await sdkOf(line);
  } catch (error) {
    return { reason: firstLine(error) };
  }
  const directory = mkdtempSync(join(tmpdir(), "latchkey-java-"));
  const path = [directory, ...jars].join(process.platform === "win32" ? ";" : ":");
  const sources = lines[line].sources.flatMap((folder) => globSync(join(here, folder, "*.java")));
  await run("javac", ["-d", directory, "-cp", path, ...sources]);
  // The SDK keeps who is logged in among the user's preferences.
  const preferences = [`-Djava.util.prefs.userRoot=${directory}`, `-Djava.util.prefs.systemRoot=${directory}`];
  const child = spawn(jvm, [...preferences, "-Xshare:auto", "-cp", path, "Main", lines[line].main], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  return driven(child, basename(jars.find((jar) => jar.includes("backendless")) ?? ""), directory);
}

function driven(child: ChildProcess, sdk: string, directory: string): JavaProgram {
  const answers: Interface = createInterface(child.stdout!);
  const said = answers[Symbol.asyncIterator]();
  return {
    sdk,
    async call(form, name, ...values) {
      child.stdin!.write(`${[form, name, ...values].join("\t")}\n`);
      const { value, done } = await within(said.next(), `the Java SDK to answer ${name}`, 40_000);
      if (done) throw new Error(`the Java program ended in ${name}`);
      return JSON.parse(value) as Said;
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.stdin!.end();
      await within(ended, "the Java program to end");
      rmSync(directory, { recursive: true });
    },
  };
}

/** Maven brings it, once: it stays where the packages of npm are. */
async function sdkOf(line: Line): Promise<readonly string[]> {
  const directory = join(cache, String(line));
  if (!existsSync(directory)) {
    const loading = `${directory}-${process.pid}`;
    mkdirSync(loading, { recursive: true });
    const target = [`-Dsdk=${lines[line].versions}`, `-DoutputDirectory=${loading}`];
    try {
      await run("mvn", ["-q", "-B", "-f", join(here, "pom.xml"), "dependency:copy-dependencies", ...target], {
        timeout: downloadWithinMs,
      });
      renameSync(loading, directory);
    } finally {
      rmSync(loading, { recursive: true, force: true });
    }
  }
  return globSync(join(directory, "*.jar"));
}

function firstLine(error: unknown): string {
  const { stdout = "", message = "" } = error as { stdout?: string; message?: string };
  return (/\[ERROR\] (.+)/.exec(stdout)?.[1] ?? message).split("\n", 1)[0] ?? "";
}
