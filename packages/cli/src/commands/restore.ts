import { restoreBackup } from "@latchkey/server";
import { command } from "../command.ts";
import { databasePlace } from "../database-place.ts";
import { flag } from "../options.ts";
import { backupText } from "../output/backup-text.ts";

const left = "left out, as the old server may go on without this one";

export const restore = command({
  name: "restore",
  about: "fill an empty data directory or database from a backup",
  argument: "DIR",
  options: {
    takeOver: flag(
      "the old server has ended: mails, webhooks and links that were under way go on here, and lost sessions resume",
    ),
    anotherKey: flag("do without what is sealed with a signing key that is lost"),
  },
  async run({ config, output }, { takeOver, anotherKey }, directory) {
    const options = { takesOver: takeOver === true, withAnotherKey: anotherKey === true };
    const { manifest, settled } = await restoreBackup(config, directory, options);
    const database = databasePlace(config);
    output.say({
      json: { ...manifest, database, leftOut: settled },
      text: `${backupText(manifest)}\nis in ${database}`,
    });
    const { liveSessions, mails, webhookDeliveries } = settled;
    if (liveSessions + mails + webhookDeliveries > 0)
      output.note(`${liveSessions} live sessions, ${mails} mails and ${webhookDeliveries} webhooks were ${left}`);
    return undefined;
  },
});
