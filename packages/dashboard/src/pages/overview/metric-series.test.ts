import assert from "node:assert/strict";
import { test } from "node:test";
import { refusalsOf, seriesOf, stepsOf, totalOf } from "./metric-series.ts";

const metrics = {
  from: 0,
  step: 60,
  series: [
    { name: "online", values: [1, 2, 3] },
    { name: "refused:licenseNotFound", values: [0, 5, 0] },
    { name: "refused:somethingNew", values: [1, 0, 0] },
    { name: "refused:licensePaused", values: [0, 0, 2] },
  ],
};

test("a series that was never counted is zero all the time", () => {
  assert.equal(stepsOf(metrics, 180), 3);
  assert.deepEqual(seriesOf(metrics, "signUps", "Sign-ups", 180).values, [0, 0, 0]);
  assert.deepEqual(seriesOf(metrics, "online", "Online", 180).values, [1, 2, 3]);
});

test("the most frequent refusals come first, and those that are too many are added up", () => {
  const found = refusalsOf(metrics, 2, "Others");
  assert.deepEqual(
    found.map(({ values }) => values),
    [
      [0, 5, 0],
      [1, 0, 2],
    ],
  );
  assert.equal(found[1]?.name, "Others");
  assert.equal(refusalsOf(metrics, 5, "Others").at(-1)?.name, "Something new");
  assert.equal(totalOf([1, 2, 3]), 6);
});
