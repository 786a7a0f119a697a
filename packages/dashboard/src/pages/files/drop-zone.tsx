import { type DragEvent, useRef, useState } from "react";
import { Button } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { IconCloudUpload } from "@tabler/icons-react";
import { pageAtMost } from "@latchkey/protocol";
import { call } from "#api/call.ts";
import { confirm } from "#parts/confirm.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { uploads } from "#uploads/uploads.ts";

const words = texts.files;

/** Where files are dropped, or chosen with a button. */
export function DropZone({ applicationId }: { readonly applicationId: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  // Beside the zone, a browser would leave the page for what is dropped.
  useWindowEvent("dragover", keepPage);
  useWindowEvent("drop", keepPage);
  const take = (files: readonly File[]) => {
    if (files.length > 0) void begin(applicationId, files).catch((error: unknown) => toast.failed(error));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  return (
    <div
      className="lk-drop"
      data-over={isOver}
      onDragEnter={() => setOver(true)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconCloudUpload size={26} stroke={1.6} aria-hidden />
      <div>
        <strong>{isOver ? words.drop.over : words.drop.title}</strong>
        <p>{words.drop.about}</p>
      </div>
      <Button variant="default" onClick={() => field.current?.click()}>
        {words.drop.choose}
      </Button>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={words.drop.choose}
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])]);
          // Otherwise the same file could not be chosen again.
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}

function keepPage(event: Event): void {
  event.preventDefault();
}

/** What is there already is replaced only if that is wanted. */
async function begin(applicationId: string, files: readonly File[]): Promise<void> {
  const there = await Promise.all(files.map(({ name }) => isThere(applicationId, name)));
  const replaced = files.filter((_, index) => there[index]);
  if (replaced.length === 0) uploads.add(applicationId, files);
  else
    confirm({
      title: words.replace.title(replaced.length),
      about: words.replace.about(replaced.map(({ name }) => name).join(", ")),
      consequences: words.replace.consequences,
      action: words.replace.action,
      onConfirm: async () => uploads.add(applicationId, files),
    });
}

async function isThere(applicationId: string, name: string): Promise<boolean> {
  const { output } = await call("listFiles", { applicationId, search: name, limit: pageAtMost });
  return output.files.some((file) => file.name === name);
}
