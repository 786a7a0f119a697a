import { useState } from "react";
import { Modal } from "@mantine/core";
import { newKey } from "#api/new-key.ts";
import { bulkQuestions } from "./ask-bulk.ts";
import { BulkPreview } from "./bulk-preview.tsx";
import { BulkProgress } from "./bulk-progress.tsx";
import type { BulkQuestion } from "./bulk-question.ts";

/** Where questions about many records appear; the frame has one. */
export function BulkDialog() {
  const { shown, isOpen, close } = bulkQuestions.useOpening();
  // Each question begins at its beginning, also one that is asked again.
  const [asked, setAsked] = useState({ isOpen, key: "" });
  if (asked.isOpen !== isOpen) setAsked({ isOpen, key: isOpen ? newKey() : asked.key });
  return (
    <Modal opened={isOpen} onClose={close} title={shown?.action}>
      {shown && <Steps key={asked.key} question={shown} onClose={close} />}
    </Modal>
  );
}

function Steps({ question, onClose }: { readonly question: BulkQuestion; readonly onClose: () => void }) {
  const [jobId, setJobId] = useState<string>();
  if (jobId !== undefined) return <BulkProgress question={question} jobId={jobId} onClose={onClose} />;
  const begin = (id: string) => {
    setJobId(id);
    question.onStarted?.();
  };
  return <BulkPreview question={question} onStarted={begin} onClose={onClose} />;
}
