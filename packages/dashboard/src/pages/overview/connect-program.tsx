import { useAnswer } from "#api/use-answer.ts";
import { CopyButton } from "#parts/copy-button.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { snippet } from "./snippet.ts";

const words = texts.overview.connect;

interface Props {
  readonly applicationId: string;
  /** With a license that nobody has used: only where none can have been sold. */
  readonly triesLicense?: boolean;
}

/** Code to paste, with the keys that are real here. */
export function ConnectProgram({ applicationId, triesLicense = false }: Props) {
  const asksLicense = useMay()("licenses:read") && triesLicense;
  const application = useAnswer("showApplication", { applicationId }).data?.output.application;
  const licenses = useAnswer("listLicenses", { applicationId, state: "available", limit: 1 }, { enabled: asksLicense })
    .data?.output.licenses;
  if (!application) return null;
  const { websocketApiKey } = application;
  const text = snippet({ url: location.origin, websocketApiKey, license: licenses?.[0]?.license });
  return (
    <div className="lk-code">
      <CopyButton text={text} what={words.copy} />
      <pre tabIndex={0} role="region" aria-label={words.copy}>
        {text}
      </pre>
    </div>
  );
}
