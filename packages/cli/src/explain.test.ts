import assert from "node:assert/strict";
import { test } from "node:test";
import { type Config, DataDirectoryError, NewerDataError, readConfig } from "@latchkey/server";
import { explain } from "./explain.ts";

function configOf(given: Record<string, string>): Config {
  const read = readConfig(given);
  assert.ok("config" in read, "the settings of the test must fit");
  return read.config;
}

const sqlite = configOf({ data: "the-data", host: "192.0.2.1", port: "80" });
const postgres = configOf({ database: "postgres://me:hunter2@db.example:5432/app" });

function failure(fields: object): Error {
  return Object.assign(new Error("as the library says it, with postgres://me:hunter2@db.example"), fields);
}

test("what keeps a server from listening is said with host and port", () => {
  const listen = (code: string) => explain(failure({ code, syscall: "listen" }), sqlite);
  assert.match(listen("EADDRINUSE") ?? "", /^port 80 of 192\.0\.2\.1 is in use/);
  assert.match(listen("EADDRNOTAVAIL") ?? "", /192\.0\.2\.1 is not an address of this machine/);
  assert.match(listen("EACCES") ?? "", /^port 80 may not be used/);
  assert.match(listen("EINVAL") ?? "", /EINVAL/);
});

test("SQLite's codes become reasons, extended ones too", () => {
  const code = "ERR_SQLITE_ERROR";
  assert.match(explain(failure({ code, errcode: 5 | (2 << 8) }), sqlite) ?? "", /the-data is locked/);
  assert.match(explain(failure({ code, errcode: 11 }), sqlite) ?? "", /the-data is damaged/);
  assert.match(explain(failure({ code, errcode: 26 }), sqlite) ?? "", /the-data is not a database/);
  assert.match(explain(failure({ code, errcode: 99 }), sqlite) ?? "", /code 99/);
});

test("PostgreSQL is named by its host, never by its URL", () => {
  const refused = failure({ code: "ECONNREFUSED", syscall: "connect" });
  const wrongPassword = failure({ code: "28P01" });
  const several = new AggregateError([refused, refused], "");
  for (const error of [refused, wrongPassword, several]) {
    const line = explain(error, postgres) ?? "";
    assert.match(line, /^PostgreSQL at db\.example:5432 /);
    assert.doesNotMatch(line, /hunter2/);
  }
});

test("the server's own errors speak for themselves", () => {
  assert.equal(explain(new DataDirectoryError("no room"), sqlite), "no room");
  assert.match(explain(new NewerDataError("9999-x"), sqlite) ?? "", /newer version of Latchkey.*9999-x/);
});

test("a reason behind another error is found", () => {
  const cause = failure({ code: "ERR_SQLITE_ERROR", errcode: 5 });
  assert.match(explain(new Error("it could not be migrated", { cause }), sqlite) ?? "", /is locked/);
});

test("a bug is not explained away", () => {
  assert.equal(explain(new TypeError("x is not a function"), sqlite), undefined);
  assert.equal(explain(new TypeError("x is not a function"), postgres), undefined);
  assert.equal(explain("text", sqlite), undefined);
});
