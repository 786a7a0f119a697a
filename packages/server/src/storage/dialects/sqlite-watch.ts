import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** A look costs microseconds: the file keeps a number that other connections' commits change. */
const lookEveryMs = 20;

/** Looks at the file of the database. Not by the server's clock: when a file changes is no matter of its time. */
export async function watchSqlite(file: string, onWrite: () => void): Promise<AsyncDisposable> {
  if (!existsSync(file)) throw new Error(`there is no database at ${file}`);
  const database = new DatabaseSync(file, { readOnly: true });
  const look = database.prepare("pragma data_version");
  let version = look.get()?.["data_version"];
  const timer = setInterval(() => {
    const seen = look.get()?.["data_version"];
    if (seen === version) return;
    version = seen;
    onWrite();
  }, lookEveryMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      database.close();
    },
  };
}
