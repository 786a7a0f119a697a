import { useState } from "react";
import { Button, Modal } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { texts } from "#texts/texts.ts";
import { CreatedLicenses } from "./created-licenses.tsx";
import { CreationJob } from "./creation-job.tsx";
import { type Created, LicensePlanForm } from "./license-plan-form.tsx";

const words = texts.licenses.create;

/** A button, and behind it the form and what came of it. */
export function CreateLicenses({ applicationId }: { readonly applicationId: string }) {
  const [isOpen, setOpen] = useState(false);
  const [created, setCreated] = useState<Created>();
  const open = () => {
    setCreated(undefined);
    setOpen(true);
  };
  const close = () => setOpen(false);
  const title = created && "licenses" in created ? words.doneTitle(created.licenses.length) : words.title;
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        {words.action}
      </Button>
      <Modal opened={isOpen} onClose={close} title={title}>
        {!created ? (
          <LicensePlanForm applicationId={applicationId} onCreated={setCreated} onCancel={close} />
        ) : "job" in created ? (
          <CreationJob job={created.job} onClose={close} />
        ) : (
          <CreatedLicenses applicationId={applicationId} licenses={created.licenses} onClose={close} />
        )}
      </Modal>
    </>
  );
}
