import { IconKey } from "@tabler/icons-react";
import { Notice } from "#parts/notice.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { CreateLicenses } from "./create-licenses.tsx";

export function NoLicenses({ applicationId }: { readonly applicationId: string }) {
  const may = useMay();
  const { title, about } = texts.licenses.empty;
  return (
    <Notice icon={IconKey} title={title} about={about}>
      {may("licenses:create") && <CreateLicenses applicationId={applicationId} />}
    </Notice>
  );
}
