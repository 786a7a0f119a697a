import { useState } from "react";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useRefresh } from "#api/use-refresh.ts";
import { texts } from "#texts/texts.ts";
import { BulkProgress, type BulkJob } from "#bulk/bulk-progress.tsx";
import { ExportLicenses } from "./export-licenses.tsx";

const words = texts.licenses.create;
const refreshed = ["listLicenses"] as const;

interface Props {
  readonly job: BulkJob;
  readonly onClose: () => void;
}

/** Licenses that are too many for one answer: the server makes them, and they are fetched when they are there. */
export function CreationJob({ job, onClose }: Props) {
  const [over, setOver] = useState<BulkJob>();
  const refresh = useRefresh(refreshed);
  const finish = (finished: BulkJob) => {
    setOver(finished);
    void refresh();
  };
  return (
    <Stack>
      {over ? (
        <Text size="sm">{words.job(over.done.toLocaleString("en"), over.records.count.toLocaleString("en"))}</Text>
      ) : (
        <>
          <BulkProgress job={job} onOver={finish} />
          <Text size="sm" c="dimmed">
            {words.jobAbout}
          </Text>
        </>
      )}
      <Group justify="flex-end">
        {over && <ExportLicenses input={{ applicationId: job.applicationId, bulkJobId: job.id }} />}
        <Button onClick={onClose}>{texts.general.done}</Button>
      </Group>
    </Stack>
  );
}
