import { useState } from "react";
import { Button, Modal } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { OutputOf } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";
import { CreatedLicenses } from "./created-licenses.tsx";
import { LicensePlanForm } from "./license-plan-form.tsx";

const words = texts.licenses.create;

/** A button, and behind it the form and what came of it. */
export function CreateLicenses({ applicationId }: { readonly applicationId: string }) {
  const [isOpen, setOpen] = useState(false);
  const [created, setCreated] = useState<OutputOf<"createLicenses">["licenses"]>();
  const open = () => {
    setCreated(undefined);
    setOpen(true);
  };
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        {words.action}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={created ? words.doneTitle(created.length) : words.title}
      >
        {created ? (
          <CreatedLicenses applicationId={applicationId} licenses={created} onClose={() => setOpen(false)} />
        ) : (
          <LicensePlanForm applicationId={applicationId} onCreated={setCreated} onCancel={() => setOpen(false)} />
        )}
      </Modal>
    </>
  );
}
