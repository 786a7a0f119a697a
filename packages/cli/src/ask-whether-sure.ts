import { type Failure, failed, wrongUsage } from "./failure.ts";
import type { Input } from "./input.ts";
import type { Output } from "./output/output.ts";

interface Person {
  readonly input: Input;
  readonly output: Output;
}

/** Before something is gone for good: asks who sits at a terminal, and nobody else. Answers why it is not to be done. */
export async function askWhetherSure(
  { input, output }: Person,
  command: string,
  destroys: string,
): Promise<Failure | undefined> {
  if (output.isJson || !input.isTerminal) return wrongUsage(`"${command}" cannot be undone: say --yes to do it`);
  output.note(`This cannot be undone. Gone for good: ${destroys}.\nType yes to do it:`);
  return (await input.readLine()) === "yes" ? undefined : failed("nothing was done");
}
