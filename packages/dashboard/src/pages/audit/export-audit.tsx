import { useState } from "react";
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { pageAtMost } from "@latchkey/protocol";
import { type Answered, call } from "#api/call.ts";
import { saveFile } from "#parts/save-file.ts";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";

const words = texts.audit.export;

/** All sealed entries in their order, one a line; read page by page, so that there may be many. */
export function ExportAudit({ applicationId }: { readonly applicationId: string | undefined }) {
  const [count, setCount] = useState<number>();
  const exportAll = async () => {
    const lines: string[] = [];
    let after: number | undefined = 0;
    while (after !== undefined) {
      const { output }: Answered<"exportAudit"> = await call("exportAudit", {
        after,
        limit: pageAtMost,
        ...(applicationId !== undefined && { applicationId }),
      });
      for (const entry of output.entries) lines.push(`${JSON.stringify(entry)}\n`);
      setCount(lines.length);
      after = output.entries.at(-1)?.position;
    }
    saveFile(words.file(applicationId), "application/jsonl", lines);
    toast.done(words.done(lines.length));
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
      {count === undefined ? words.action : words.running(count)}
    </Button>
  );
}
