import { makeBackup, systemClock } from "@latchkey/server";
import { command } from "../command.ts";
import { noteBackup } from "../last-backup.ts";
import { backupText } from "../output/backup-text.ts";

export const backup = command({
  name: "backup",
  about: "write all data into a new directory, whether or not a server runs",
  argument: "DIR",
  async run({ config, output }, _, directory) {
    const manifest = await makeBackup(config, { clock: systemClock }, directory);
    noteBackup(config, manifest.madeAt, output);
    output.say({ json: { directory, ...manifest }, text: `${backupText(manifest)}\nis in ${directory}` });
    return undefined;
  },
});
