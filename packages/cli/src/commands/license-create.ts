import { consoleCommand } from "../command.ts";
import { duration, flag, integer, list, requiredText, text } from "../options.ts";
import { table } from "../output/layout.ts";
import { refused } from "../refused.ts";

export const licenseCreate = consoleCommand({
  name: "license create",
  about: "create licenses with one plan and fresh keys",
  options: {
    app: requiredText("ID", "the application"),
    count: integer("how many, 1 unless given", 100_000),
    duration: duration("how long each lasts from its activation, such as 30d; without it, forever"),
    levels: list("LEVELS", "what they give access to, such as pro,beta"),
    seats: integer("sessions at once; without it, any number", 1_000_000_000),
    comment: text("C", "kept with each, cut after 256 characters"),
    bindClient: flag("only the first client that uses one may go on using it"),
  },
  async run({ console, output }, { app, count = 1, duration: durationMs, levels, seats, comment, bindClient }) {
    const outcome = await console.call("createLicenses", {
      applicationId: app,
      count,
      ...(durationMs !== undefined && { durationMs }),
      ...(levels && { levels: [...levels] }),
      ...(seats !== undefined && { seats }),
      ...(comment !== undefined && { comment }),
      ...(bindClient && { bindsClient: true }),
    });
    if (!outcome.ok) return refused(outcome);
    const { licenses } = outcome.output;
    output.json(licenses);
    output.text(
      table(
        ["LICENSE", "ID"],
        licenses.map(({ license, id }) => [license, id]),
      ),
    );
    return undefined;
  },
});
