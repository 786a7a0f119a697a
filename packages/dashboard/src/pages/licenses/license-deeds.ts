import { texts } from "#texts/texts.ts";
import type { BulkDeed } from "#bulk/bulk-deed.ts";

const words = texts.licenses.bulk;
const { pause, unpause, blacklist, delete: remove } = texts.licenses.actions;

/** What can be done to many licenses at once. */
export const licenseDeeds: readonly BulkDeed[] = [
  {
    kind: "pauseLicenses",
    action: words.pause,
    title: words.pauseTitle,
    consequences: pause.consequences,
    undo: "unpauseLicenses",
  },
  {
    kind: "unpauseLicenses",
    action: words.unpause,
    title: words.unpauseTitle,
    consequences: [unpause.about],
    harmless: true,
    undo: "pauseLicenses",
  },
  {
    kind: "blacklistLicenses",
    action: words.blacklist,
    title: words.blacklistTitle,
    consequences: blacklist.consequences,
    undo: "unblacklistLicenses",
  },
  { kind: "deleteLicenses", action: words.delete, title: words.deleteTitle, consequences: remove.consequences },
];
