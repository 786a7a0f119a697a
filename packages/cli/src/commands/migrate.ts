import { consoleCommand } from "../command.ts";
import { databasePlace } from "../database-place.ts";

export const migrate = consoleCommand({
  name: "migrate",
  about: "bring the database up to this version, which serving does too",
  async run({ config }) {
    const database = databasePlace(config);
    return { json: { database }, text: `the database in ${database} is up to date` };
  },
});
