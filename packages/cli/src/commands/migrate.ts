import { consoleCommand } from "../command.ts";
import { databasePlace } from "../database-place.ts";

export const migrate = consoleCommand({
  name: "migrate",
  about: "bring the database up to this version, which serving does too",
  async run({ config, output }) {
    const database = databasePlace(config);
    output.json({ database });
    output.text(`the database in ${database} is up to date`);
    return undefined;
  },
});
