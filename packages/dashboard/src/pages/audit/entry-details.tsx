import { useState } from "react";
import { Drawer, Group, Stack } from "@mantine/core";
import { IconFileUnknown } from "@tabler/icons-react";
import { Link } from "wouter";
import { CopyButton } from "#parts/copy-button.tsx";
import { Facts } from "#parts/facts.tsx";
import { exactTime } from "#parts/format-time.ts";
import { Notice } from "#parts/notice.tsx";
import { spokenAction } from "#parts/spoken-action.ts";
import { accountPath, licensePath } from "#location/paths.ts";
import { texts } from "#texts/texts.ts";
import { actorText, type AuditEntry, recordText } from "./audit-entry.ts";
import { EntryDiff } from "./entry-diff.tsx";

const words = texts.audit;

interface Props {
  readonly id: string | undefined;
  readonly entries: readonly AuditEntry[];
  /** Where the list is with these filters alone. */
  readonly filteredPath: (filters: Readonly<Record<string, string>>) => string;
  readonly onClose: () => void;
}

/** One entry, beside the list. It stays when newer ones have pushed it off the page. */
export function EntryDetails({ id, entries, filteredPath, onClose }: Props) {
  const [kept, keep] = useState<AuditEntry>();
  const found = entries.find((entry) => entry.id === id);
  if (found && found !== kept) keep(found);
  const shown = id === undefined || kept?.id === id ? kept : undefined;
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      size="lg"
      title={shown ? spokenAction(shown.action) : words.one.title}
    >
      {shown ? (
        <Stack gap="lg">
          <EntryDiff entry={shown} />
          <EntryFacts entry={shown} filteredPath={filteredPath} />
        </Stack>
      ) : (
        <Notice icon={IconFileUnknown} title={words.one.gone} about={words.one.goneAbout} />
      )}
    </Drawer>
  );
}

function EntryFacts({ entry, filteredPath }: { readonly entry: AuditEntry } & Pick<Props, "filteredPath">) {
  const { position, at, actor, address, reason, record, recordId, requestId, hash } = entry;
  const opens = pathOf(entry);
  return (
    <Facts
      facts={[
        [words.who, actorText(entry)],
        [words.one.reason, reason !== undefined && `“${reason}”`],
        [words.when, exactTime(at)],
        [words.record, recordText(record)],
        [words.one.id, recordId !== undefined && <Copied text={recordId} />],
        [words.one.address, address !== undefined && <Copied text={address} />],
        [words.one.request, requestId !== undefined && <Copied text={requestId} />],
        [words.one.position, position === undefined ? words.one.unsealed : position.toLocaleString("en")],
        [words.one.hash, hash !== undefined && <Copied text={hash} />],
        [
          words.one.more,
          <Stack key="more" gap={2}>
            {opens !== undefined && <Link href={opens}>{words.one.open}</Link>}
            {actor.id !== undefined && <Link href={filteredPath({ actorId: actor.id })}>{words.one.allOfActor}</Link>}
            {recordId !== undefined && <Link href={filteredPath({ record, recordId })}>{words.one.allOfRecord}</Link>}
          </Stack>,
        ],
      ]}
    />
  );
}

function pathOf({ record, recordId, applicationId, after }: AuditEntry): string | undefined {
  if (recordId === undefined || applicationId === undefined || after === undefined) return undefined;
  if (record === "license") return licensePath(applicationId, recordId);
  return record === "account" ? accountPath(applicationId, recordId) : undefined;
}

function Copied({ text }: { readonly text: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      <span className="lk-key">{text}</span>
      <CopyButton text={text} what={text} />
    </Group>
  );
}
