import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { WriteQueue, type WriteTarget } from "./write-queue.ts";

const never = () => false;

/** A real database that counts its commits. */
function openTarget(): WriteTarget & { readonly database: DatabaseSync; commits: number } {
  const database = new DatabaseSync(":memory:");
  database.exec("create table t (n integer primary key)");
  return {
    database,
    commits: 0,
    exec(sql) {
      if (sql === "commit") this.commits++;
      database.exec(sql);
    },
    get isTransaction() {
      return database.isTransaction;
    },
  };
}

test("requests that wait together share one commit and are answered after it", async () => {
  const target = openTarget();
  const queue = new WriteQueue(target, never);
  const answeredAfterCommits = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const turn = await queue.enter();
      target.database.exec(`insert into t values (${n})`);
      await turn.commit();
      return target.commits;
    }),
  );
  assert.deepEqual(new Set(answeredAfterCommits), new Set([1]));
  assert.equal(target.database.prepare("select count(*) as n from t").get()?.["n"], 20);
});

test("a turn that is abandoned does not spoil the commit of the others", async () => {
  const target = openTarget();
  const queue = new WriteQueue(target, never);
  const write = async (n: number) => {
    const turn = await queue.enter();
    target.exec("savepoint turn");
    target.database.exec(`insert into t values (${n})`);
    if (n === 2) {
      target.exec("rollback to turn; release turn");
      turn.abandon();
      return;
    }
    target.exec("release turn");
    await turn.commit();
  };
  await Promise.all([1, 2, 3].map(write));
  assert.deepEqual(
    target.database
      .prepare("select n from t order by n")
      .all()
      .map((row) => row["n"]),
    [1, 3],
  );
});

test("when the transaction is gone, as after a full disk, every turn of the batch fails and the queue goes on", async () => {
  const target = openTarget();
  const queue = new WriteQueue(target, never);
  const first = queue.enter().then((turn) => {
    target.database.exec("insert into t values (1)");
    return turn.commit();
  });
  const second = queue.enter().then((turn) => {
    target.database.exec("rollback"); // what SQLite does by itself when it cannot write
    turn.abandon();
  });
  await assert.rejects(first, /rolled back/);
  await second;
  const turn = await queue.enter();
  target.database.exec("insert into t values (2)");
  await turn.commit();
  assert.deepEqual(
    target.database
      .prepare("select n from t")
      .all()
      .map((row) => row["n"]),
    [2],
  );
});

test("an error that is not a busy database fails those who wait, at once", async () => {
  const target = openTarget();
  const exec = target.exec.bind(target);
  target.exec = (sql) => {
    if (sql === "begin immediate") throw new Error("disk I/O error");
    exec(sql);
  };
  const queue = new WriteQueue(target, never);
  await assert.rejects(Promise.all([queue.enter(), queue.enter()]), /disk I\/O error/);
});

test("a closed queue takes no more writes", async () => {
  const queue = new WriteQueue(openTarget(), never);
  queue.close();
  await assert.rejects(queue.enter(), /closed/);
});
