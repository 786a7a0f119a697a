import { useSyncExternalStore } from "react";
import { ActionIcon, Button, Progress, Tooltip } from "@mantine/core";
import { IconCircleCheck, IconRefresh, IconX } from "@tabler/icons-react";
import { byteText } from "#parts/byte-text.ts";
import { Section } from "#parts/section.tsx";
import { texts } from "#texts/texts.ts";
import { isOpen, type Upload, uploads } from "#uploads/uploads.ts";

const words = texts.files.upload;

/** What is being uploaded to this application from this browser. */
export function UploadList({ applicationId }: { readonly applicationId: string }) {
  const all = useSyncExternalStore(uploads.subscribe, uploads.list);
  const own = all.filter((upload) => upload.applicationId === applicationId);
  if (own.length === 0) return null;
  const clear = own.some((upload) => !isOpen(upload)) && (
    <Button size="compact-sm" variant="subtle" color="gray" onClick={() => uploads.clear(applicationId)}>
      {words.clear}
    </Button>
  );
  return (
    <div className="lk-uploads">
      <Section title={words.title} actions={clear} flush>
        <ul className="lk-rows">
          {own.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
        </ul>
      </Section>
    </div>
  );
}

function UploadRow({ upload }: { readonly upload: Upload }) {
  const { id, file, state } = upload;
  return (
    <li>
      <div className="lk-what">
        <strong>{file.name}</strong>
        <p className="lk-numbers" role={state.step === "failed" ? "alert" : "status"}>
          {textOf(upload)}
        </p>
      </div>
      {(state.step === "checking" || state.step === "sending") && (
        <Progress
          w="12rem"
          aria-label={words.progress(file.name)}
          value={100 * (state.step === "checking" ? state.share : state.sent / Math.max(1, file.size))}
          {...(state.step === "checking" && { color: "gray" })}
        />
      )}
      {isOpen(upload) && (
        <Tooltip label={words.cancel}>
          <ActionIcon aria-label={words.cancelLabel(file.name)} onClick={() => uploads.cancel(id)}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {(state.step === "cancelled" || (state.step === "failed" && !state.isFinal)) && (
        <Tooltip label={words.retry}>
          <ActionIcon aria-label={words.retryLabel(file.name)} onClick={() => uploads.retry(id)}>
            <IconRefresh size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {state.step === "done" && <IconCircleCheck size={20} color="var(--lk-accent)" aria-hidden />}
    </li>
  );
}

function textOf({ file, state }: Upload): string {
  switch (state.step) {
    case "checking":
      return words.checking(Math.floor(100 * state.share));
    case "sending":
      return state.sent >= file.size ? words.storing : words.sending(byteText(state.sent), byteText(file.size));
    case "failed":
      return state.why;
    default:
      return `${words[state.step]} · ${byteText(file.size)}`;
  }
}
