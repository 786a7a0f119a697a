import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";

/** What a process of the benchmark can be asked to do. */
export type Commands<C> = { readonly [N in keyof C]: (argument: never) => unknown };

interface Request {
  readonly id: number;
  readonly name: string;
  readonly argument: never;
}

interface Reply {
  readonly id: number;
  /** Whatever it is: the caller's type says so. */
  readonly result: never;
  readonly error?: string;
}

/** One end of the channel between two processes that run sources of ours. */
interface Channel<In, Out> {
  send?(message: Out): unknown;
  on(event: "message", take: (message: In) => void): unknown;
}

/** What every process can be asked. */
const cpuCommand = "cpuMicroseconds";

/** A process of the benchmark, as its parent sees it. */
export class Child<C extends Commands<C>> implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #channel: Channel<Reply, object>;
  readonly #pending = new Map<number, PromiseWithResolvers<never>>();
  #nextId = 1;

  /** Starts one of the files of this folder. */
  constructor(file: string) {
    // One thread per core for password hashes, as the launcher of the server has it.
    const threads = Math.max(4, availableParallelism());
    this.#process = fork(join(import.meta.dirname, file), {
      // So that memory can be weighed without what is garbage.
      execArgv: [...process.execArgv, "--expose-gc"],
      env: { ...process.env, UV_THREADPOOL_SIZE: `${threads}` },
    });
    this.#channel = this.#process;
    this.#channel.on("message", ({ id, result, error }) => {
      if (error === undefined) this.#pending.get(id)?.resolve(result);
      else this.#pending.get(id)?.reject(new Error(`${file}: ${error}`));
      this.#pending.delete(id);
    });
    this.#process.on("exit", () => {
      for (const { reject } of this.#pending.values()) reject(new Error(`${file} ended early`));
    });
  }

  call<N extends keyof C & string>(name: N, ...[argument]: Parameters<C[N]>): Promise<Awaited<ReturnType<C[N]>>> {
    return this.#send(name, argument);
  }

  /** The CPU time that the process has used so far, all its threads together. */
  cpuMicroseconds(): Promise<number> {
    return this.#send(cpuCommand, undefined);
  }

  #send(name: string, argument: unknown): Promise<never> {
    const id = this.#nextId++;
    const reply = Promise.withResolvers<never>();
    this.#pending.set(id, reply);
    this.#channel.send?.({ id, name, argument });
    return reply.promise;
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.disconnect();
    await once(this.#process, "exit");
  }
}

/** Serves the parent of this process until it hangs up, then disposes of what the commands needed. */
export function serveParent<C extends Commands<C>>(commands: C, owned: AsyncDisposableStack): void {
  const table = new Map<string, (argument: never) => unknown>([
    ...Object.entries<(argument: never) => unknown>(commands),
    [cpuCommand, cpuMicroseconds],
  ]);
  const channel: Channel<Request, object> = process;
  channel.on("message", ({ id, name, argument }) => {
    void Promise.try(async () => table.get(name)?.(argument)).then(
      (result) => channel.send?.({ id, result }),
      (error: unknown) => channel.send?.({ id, error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.once("disconnect", () => {
    void owned.disposeAsync().then(() => process.exit(0));
  });
}

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
