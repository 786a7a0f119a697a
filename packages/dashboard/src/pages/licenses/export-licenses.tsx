import { useState } from "react";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { pageAtMost } from "@latchkey/protocol";
import { call } from "#api/call.ts";
import { csvLine } from "#parts/csv-line.ts";
import { saveFile } from "#parts/save-file.ts";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import type { LicenseQuestion } from "./license-filters.ts";
import type { License } from "./license-table.tsx";

const words = texts.licenses;

const columns: readonly (readonly [name: string, value: (license: License) => string | number | undefined])[] = [
  ["license", ({ license }) => license],
  ["state", ({ state }) => state],
  ["levels", ({ levels }) => levels.join(" ")],
  ["duration_ms", ({ durationMs }) => durationMs],
  ["seats", ({ seats }) => seats],
  ["comment", ({ comment }) => comment],
  ["client_id", ({ clientId }) => clientId],
  ["account_id", ({ accountId }) => accountId],
  ["created_at", ({ createdAt }) => instant(createdAt)],
  ["activated_at", ({ activatedAt }) => instant(activatedAt)],
  ["expires_at", ({ expiresAt }) => instant(expiresAt)],
  ["last_used_at", ({ lastUsedAt }) => instant(lastUsedAt)],
  ["id", ({ id }) => id],
];

function instant(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

/** What the filters leave, as a table for other programs; read page by page, so that it may be long. */
export function ExportLicenses({ input }: { readonly input: LicenseQuestion }) {
  const [count, setCount] = useState<number>();
  const exportAll = async () => {
    const parts = [csvLine(columns.map(([name]) => name))];
    let written = 0;
    let cursor: string | undefined;
    do {
      const page = { ...input, limit: pageAtMost, ...(cursor !== undefined && { cursor }) };
      const { output } = await call("listLicenses", page);
      for (const license of output.licenses) parts.push(csvLine(columns.map(([, value]) => value(license))));
      written += output.licenses.length;
      setCount(written);
      cursor = output.nextCursor;
    } while (cursor !== undefined);
    saveFile(words.exportFile(input.applicationId), "text/csv", parts);
    toast.done(words.exported(written));
  };
  const start = () => {
    setCount(0);
    exportAll()
      .catch((error: unknown) => toast.failed(error))
      .finally(() => setCount(undefined));
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      disabled={count !== undefined}
      onClick={start}
    >
      {count === undefined ? words.export : words.exporting(count)}
    </Button>
  );
}
