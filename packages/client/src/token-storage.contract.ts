import * as assert from "node:assert/strict";
import type { Declare, Product, Seeds } from "@latchkey/testkit";
import type { TokenStorage } from "./token-storage.ts";
import { UserService } from "./user-service.ts";
import { LocalFaultCode } from "./user-service-fault.ts";

/** Where logins are kept, in every runtime. */
export function tokenStorageContract(test: Declare, seeds: Seeds): void {
  const alice = { email: "alice@wonderland.com", password: "white rabbit" };

  function usersOf({ id, apiKeys }: Product, tokenStorage?: "localStorage" | TokenStorage): UserService {
    const options = { url: seeds.url, applicationId: id, apiKey: apiKeys.JS! };
    return new UserService(tokenStorage ? { ...options, tokenStorage } : options);
  }

  async function registered() {
    const product = await seeds.newApplication({ enableMultipleLogins: true, maxConcurrentLogins: 0 });
    await usersOf(product).register(alice);
    return product;
  }

  /** Keeps its text at once, and what was asked of it. */
  class Shelf implements TokenStorage {
    text: string | null = null;
    readonly asked: string[] = [];

    get(): string | null | Promise<string | null> {
      this.asked.push("get");
      return this.text;
    }

    set(text: string): unknown {
      this.asked.push("set");
      this.text = text;
      return undefined;
    }

    clear(): unknown {
      this.asked.push("clear");
      this.text = null;
      return undefined;
    }
  }

  /** Keeps its text after a while, each time a shorter one. */
  class SlowShelf extends Shelf {
    #turns = 20;

    override async get(): Promise<string | null> {
      await this.#wait();
      return super.get();
    }

    override async set(text: string): Promise<void> {
      await this.#wait();
      super.set(text);
    }

    override async clear(): Promise<void> {
      await this.#wait();
      super.clear();
    }

    async #wait(): Promise<void> {
      for (let turns = this.#turns--; turns > 0; turns--) await Promise.resolve();
    }
  }

  for (const [kind, newStorage] of [
    ["storage that answers at once", () => new Shelf()],
    ["storage that answers later", () => new SlowShelf()],
  ] as const) {
    test(`[US-SESS-8] ${kind} keeps a login for the next start, until its logout`, async () => {
      const product = await registered();
      const storage = newStorage();
      const users = usersOf(product, storage);
      assert.equal(await users.getCurrentUser(), null);
      const user = await users.login(alice.email, alice.password);

      const next = usersOf(product, storage);
      assert.equal(await next.isValidLogin(), true);
      assert.deepEqual(await next.getCurrentUser(), user, "loaded by its token");
      assert.equal(await next.getUserToken(), await users.getUserToken());
      assert.ok(!storage.text?.includes(alice.password));
      await next.logout();
      assert.equal(storage.text, null);
      assert.equal(await usersOf(product, storage).getCurrentUser(), null);
    });

    test(`${kind} follows logins and logouts in their order, however many there are at once`, async () => {
      const product = await registered();
      const storage = newStorage();
      const users = usersOf(product, storage);
      await users.login(alice.email, alice.password);
      const calls = [
        users.logout(),
        users.login(alice.email, alice.password),
        users.login(alice.email, alice.password),
      ];
      await Promise.allSettled(calls);
      const { objectId } = (await users.getCurrentUser())!;
      assert.equal(storage.text, `${objectId} ${await users.getUserToken()}`);
      assert.equal(await usersOf(product, storage).isValidLogin(), true);
    });
  }

  test("a kept login that has ended is cleared when it is found out", async () => {
    const product = await registered();
    for (const finder of ["getCurrentUser", "isValidLogin", "logout", "getUserRoles"] as const) {
      const storage = new Shelf();
      const before = usersOf(product, storage);
      const { objectId } = await before.login(alice.email, alice.password);
      const elsewhere = usersOf(product);
      await elsewhere.loginWithToken(objectId, (await before.getUserToken())!);
      await elsewhere.logout();
      assert.ok(storage.text?.startsWith(objectId));
      const users = usersOf(product, storage);
      await users[finder]().catch(() => undefined);
      assert.equal(storage.text, null, finder);
    }
  });

  test("what another page has kept since is not cleared by the end of this page's login", async () => {
    const product = await registered();
    const storage = new Shelf();
    const first = usersOf(product, storage);
    await first.login(alice.email, alice.password);
    const second = usersOf(product, storage);
    await second.login(alice.email, alice.password);
    const kept = storage.text;
    await first.logout();
    assert.equal(storage.text, kept);
    assert.equal(await usersOf(product, storage).isValidLogin(), true);
  });

  test("what is kept is read once, and later texts of others do not change who is logged in", async () => {
    const product = await registered();
    const storage = new Shelf();
    const users = usersOf(product, storage);
    assert.equal(await users.getCurrentUser(), null);
    await usersOf(product, storage).login(alice.email, alice.password);
    assert.equal(await users.getCurrentUser(), null);
    assert.deepEqual(storage.asked.filter((asked) => asked === "get").length, 1);
  });

  test("a text that is no login counts as none", async () => {
    const product = await registered();
    for (const text of ["", "null", "{}", "one", "an id and a token", "id \ntoken", "../users x"]) {
      const storage = new Shelf();
      storage.text = text;
      const users = usersOf(product, storage);
      assert.equal(await users.getCurrentUser(), null, text);
      assert.equal(await users.isValidLogin(), false, text);
    }
  });

  test("storage that fails makes the call fail; a login that cannot be kept is none", async () => {
    const product = await registered();
    const broken = new Shelf();
    broken.get = () => {
      throw new Error("no access");
    };
    const users = usersOf(product, broken);
    await assert.rejects(users.getCurrentUser(), { code: LocalFaultCode.unexpected, message: /no access/ });
    delete (broken as Partial<Shelf>).get;
    assert.equal(await users.getCurrentUser(), null, "it is asked again");

    const full = new Shelf();
    full.set = () => Promise.reject(new Error("full"));
    const unkept = usersOf(product, full);
    await assert.rejects(unkept.login(alice.email, alice.password), { code: LocalFaultCode.unexpected });
    assert.equal(await unkept.getCurrentUser(), null);

    const stuck = new Shelf();
    stuck.clear = () => Promise.reject(new Error("stuck"));
    const leaving = usersOf(product, stuck);
    await leaving.login(alice.email, alice.password);
    await leaving.logout();
    assert.equal(await leaving.getCurrentUser(), null);
    assert.equal(await usersOf(product, stuck).isValidLogin(), false, "what is left is worth nothing");
  });

  test("localStorage keeps a login by its application", async () => {
    // Where there is none, tests bring one.
    const [product, other] = [await registered(), await registered()];
    const user = await usersOf(product, "localStorage").login(alice.email, alice.password);
    assert.deepEqual(await usersOf(product, "localStorage").getCurrentUser(), user);
    assert.equal(await usersOf(other, "localStorage").getCurrentUser(), null);
    assert.equal(await usersOf(product).getCurrentUser(), null, "memory is its own");
    assert.ok(localStorage.getItem(`latchkey:${product.id}`)?.startsWith(`${user.objectId} `));
    await usersOf(product, "localStorage").logout();
    assert.equal(localStorage.getItem(`latchkey:${product.id}`), null);
  });
}
