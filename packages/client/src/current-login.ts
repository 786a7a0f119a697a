import type { TokenStorage } from "./token-storage.ts";
import type { User } from "./user-calls.ts";

/** A session of the user service, as the client that opened it knows it. */
export interface Login {
  readonly objectId: string;
  readonly token: string;
  /** As the server last told; absent when only the token was kept. */
  user?: User;
}

/**
 * Who is logged in. Read from the storage once, when it is first asked for; from then on this program's own doing and the
 * server's decide, not what others write there.
 */
export class CurrentLogin {
  readonly #storage: TokenStorage | undefined;
  readonly #listeners = new Set<() => void>();
  /** Calls of this program that may end or replace the login. */
  readonly #changes = new Set<Promise<unknown>>();
  /** `undefined`: not read yet. */
  #login: Login | null | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(storage: TokenStorage | undefined) {
    this.#storage = storage;
    if (!storage) this.#login = null;
  }

  async get(): Promise<Login | null> {
    if (this.#login === undefined) {
      const stored = loginIn(await this.#storage?.get());
      // What has happened meanwhile is newer.
      if (this.#isUnread()) this.#login = stored;
    }
    return this.#login ?? null;
  }

  /** A login that cannot be kept is none. */
  async set(login: Login): Promise<void> {
    await this.#write((storage) => storage.set(textOf(login)));
    this.#change(login);
  }

  /** Forgets this login and no other; answers whether it was the current one. */
  async forget(login: Login): Promise<boolean> {
    if (this.#login !== login) return false;
    this.#change(null);
    // What cannot be cleared is worth nothing any more; and another page may have logged in since.
    await this.#write(async (storage) => {
      if ((await storage.get()) === textOf(login)) await storage.clear();
    }).catch(() => undefined);
    return true;
  }

  /** Forgets a login that has ended without this program's doing; answers whether it was that. */
  async revoke(login: Login): Promise<boolean> {
    while (this.#changes.size > 0) await Promise.allSettled(this.#changes);
    return this.forget(login);
  }

  /** Makes a call that may end or replace the login. */
  async during<R>(call: () => Promise<R>): Promise<R> {
    const change = call();
    this.#changes.add(change);
    try {
      return await change;
    } finally {
      this.#changes.delete(change);
    }
  }

  /** Adds a listener to changes and returns the function that removes it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #change(login: Login | null): void {
    this.#login = login;
    for (const listener of this.#listeners) listener();
  }

  #isUnread(): boolean {
    return this.#login === undefined;
  }

  /** One after the other, in the order of the changes. */
  #write(write: (storage: TokenStorage) => unknown): Promise<unknown> {
    const storage = this.#storage;
    if (!storage) return Promise.resolve();
    const written = this.#writing.then(() => write(storage));
    this.#writing = written.catch(() => undefined);
    return written;
  }
}

function textOf({ objectId, token }: Login): string {
  return `${objectId} ${token}`;
}

function loginIn(text: string | null | undefined): Login | null {
  const [, objectId, token] = /^([\w-]+) ([\w-]+)$/.exec(text ?? "") ?? [];
  return objectId && token ? { objectId, token } : null;
}
