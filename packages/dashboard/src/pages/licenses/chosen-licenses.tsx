import { useState } from "react";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { call } from "#api/call.ts";
import { newKey } from "#api/new-key.ts";
import { ChosenBar } from "#list/chosen-bar.tsx";
import type { Selection } from "#list/use-selection.ts";
import { confirm } from "#parts/confirm.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "../../shell/use-own-operator.ts";

const words = texts.licenses.bulk;

const deeds = {
  pause: { name: "pauseLicense", scope: "licenses:update", consequences: texts.licenses.actions.pause.consequences },
  unpause: { name: "unpauseLicense", scope: "licenses:update", consequences: [texts.licenses.actions.unpause.about] },
  blacklist: {
    name: "blacklistLicense",
    scope: "licenses:update",
    consequences: texts.licenses.actions.blacklist.consequences,
  },
  delete: { name: "deleteLicense", scope: "licenses:delete", consequences: texts.licenses.actions.delete.consequences },
} as const;
type Deed = keyof typeof deeds;
const deedNames: readonly Deed[] = ["pause", "unpause", "blacklist", "delete"];

interface Props {
  readonly applicationId: string;
  readonly selection: Selection;
}

/** What can be done with all chosen licenses. Those that it cannot be done with stay chosen. */
export function ChosenLicenses({ applicationId, selection }: Props) {
  const [progress, setProgress] = useState<readonly [done: number, of: number]>();
  const queryClient = useQueryClient();
  const may = useMay();
  const carryOut = async (deed: Deed, reason: string | undefined) => {
    const ids = [...selection.ids];
    const failed: string[] = [];
    for (const [done, license] of ids.entries()) {
      setProgress([done, ids.length]);
      await call(deeds[deed].name, { applicationId, license }, { idempotencyKey: newKey(), reason }).catch(() => {
        failed.push(license);
      });
    }
    setProgress(undefined);
    selection.set(
      ids.filter((id) => !failed.includes(id)),
      false,
    );
    await queryClient.invalidateQueries({ queryKey: ["listLicenses"] });
    if (failed.length > 0) toast.failed(words.someFailed(failed.length, ids.length));
    else toast.done(words.done(ids.length));
  };
  return (
    <ChosenBar selection={selection}>
      {progress ? (
        <span role="status">{words.running(...progress)}</span>
      ) : (
        deedNames
          .filter((deed) => may(deeds[deed].scope))
          .map((deed) => (
            <Button
              key={deed}
              size="compact-sm"
              variant="default"
              onClick={() =>
                confirm({
                  title: words.title[deed](selection.ids.size),
                  consequences: deeds[deed].consequences,
                  action: words[deed],
                  harmless: deed === "unpause",
                  asksReason: true,
                  onConfirm: (reason) => carryOut(deed, reason),
                })
              }
            >
              {words[deed]}
            </Button>
          ))
      )}
    </ChosenBar>
  );
}
