/** The next number that reads well as the upper end of a scale: 1, 2, 4, 5, 10, 20, 40 … */
export function niceCeiling(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 2, 4, 5, 10];
  const step = steps.find((each) => each * power >= value) ?? 10;
  return step * power;
}

/** Points of values from left to right in a box that is `steps` wide and 100 high, upside down as SVG has it. */
export function linePath(values: readonly number[], top: number): string {
  return values
    .map((value, index) => `${index === 0 ? "M" : "L"}${index} ${Math.round((100 - (100 * value) / top) * 100) / 100}`)
    .join("");
}

/** The same, closed along the ground. */
export function areaPath(values: readonly number[], top: number): string {
  return values.length === 0 ? "" : `${linePath(values, top)}L${values.length - 1} 100L0 100Z`;
}
