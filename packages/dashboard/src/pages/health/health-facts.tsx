import { Fragment, type ReactNode } from "react";
import { Stack } from "@mantine/core";
import type { OutputOf } from "@latchkey/protocol";
import { useNow } from "#clock.ts";
import { byteText } from "#parts/byte-text.ts";
import { Instant } from "#parts/instant.tsx";
import { Mark } from "#parts/mark.tsx";
import { Section } from "#parts/section.tsx";
import { texts } from "#texts/texts.ts";
import { ageText } from "./age-text.ts";

const words = texts.health;
type Health = OutputOf<"showSystemHealth">;

export function HealthFacts({ health }: { readonly health: Health }) {
  const { version, database, diskFreeBytes, nodes, uptimeMs } = health;
  const startedAt = nodes.find(({ isSelf }) => isSelf)?.startedAt;
  const tiles: readonly (readonly [name: string, value: ReactNode, about?: string])[] = [
    [words.version, version],
    [words.started, startedAt === undefined ? ageText(uptimeMs) : <Instant at={startedAt} />],
    [words.database, byteText(database.bytes), words.databases[database.kind]],
    [words.disk, diskFreeBytes === undefined ? words.noDisk : byteText(diskFreeBytes)],
  ];
  return (
    <Stack gap="lg">
      <div className="lk-tiles">
        {tiles.map(([name, value, about]) => (
          <div key={name} className="lk-card lk-tile">
            <span>
              {name}
              {about !== undefined && ` · ${about}`}
            </span>
            <strong>{value}</strong>
          </div>
        ))}
      </div>
      <Queues health={health} />
      <Nodes nodes={nodes} />
    </Stack>
  );
}

function Queues({ health: { changeLog, mailQueue, passwordQueue, warnings } }: { readonly health: Health }) {
  const { running, waiting, refused } = passwordQueue;
  const rows = [
    ...(changeLog
      ? [[words.changeLog, backlogText(changeLog), undefined, warnings.includes("changeLogBehind")] as const]
      : []),
    [words.mails, backlogText(mailQueue), undefined, warnings.includes("mailsDelayed")] as const,
    [
      words.passwords,
      running + waiting === 0 ? words.nothingWaits : words.passwordsNow(running, waiting),
      refused > 0 ? words.passwordsRefused(refused) : undefined,
      warnings.includes("passwordsBusy"),
    ] as const,
  ];
  return (
    <Section title={words.queues} about={words.queuesAbout} flush>
      <ul className="lk-rows">
        {rows.map(([name, state, about, isWarned]) => (
          <li key={name}>
            <div className="lk-what">
              <strong>{name}</strong>
              {about !== undefined && <p>{about}</p>}
            </div>
            <Mark tone={isWarned ? "warning" : "good"} text={state} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function backlogText({ count, oldestMs }: Health["mailQueue"]): string {
  return count === 0 ? words.nothingWaits : `${words.waiting(count)}, ${words.oldest(ageText(oldestMs))}`;
}

function Nodes({ nodes }: Pick<Health, "nodes">) {
  const now = useNow();
  return (
    <Section title={words.nodes} about={words.nodesAbout} flush>
      <ul className="lk-rows">
        {nodes.map(({ id, startedAt, leaseUntil, isSelf }) => {
          const isUp = isSelf || leaseUntil > now;
          return (
            <li key={id}>
              <div className="lk-what">
                <span className="lk-key">{id}</span> {isSelf && <span className="lk-tag">{words.answers}</span>}
                <p>
                  {startedAt !== undefined && (
                    <Fragment>
                      {words.startedAgo} <Instant at={startedAt} />
                    </Fragment>
                  )}
                  {!isUp && (
                    <Fragment>
                      {startedAt !== undefined && " · "}
                      {words.heard} <Instant at={leaseUntil} />
                    </Fragment>
                  )}
                </p>
              </div>
              <Mark tone={isUp ? "good" : "bad"} text={isUp ? words.up : words.gone} />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
