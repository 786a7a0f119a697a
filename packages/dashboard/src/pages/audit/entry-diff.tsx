import { texts } from "#texts/texts.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { differencesIn } from "./differences.ts";

const words = texts.audit.diff;

/** Before and after, side by side. A record that is new has no before, one that is gone no after. */
export function EntryDiff({ entry }: { readonly entry: AuditEntry }) {
  const differences = differencesIn(entry);
  if (differences.length === 0) return <p className="lk-section-about">{words.none}</p>;
  const [hasBefore, hasAfter] = [entry.before !== undefined, entry.after !== undefined];
  return (
    <table className="lk-diff" aria-label={words.caption}>
      <thead>
        <tr>
          <th scope="col">{words.property}</th>
          {hasBefore && <th scope="col">{words.before}</th>}
          {hasAfter && <th scope="col">{words.after}</th>}
        </tr>
      </thead>
      <tbody>
        {differences.map(({ property, before, after }) => (
          <tr key={property}>
            <th scope="row">{property}</th>
            {hasBefore && <Value side="before" text={before} />}
            {hasAfter && <Value side="after" text={after} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ side, text }: { readonly side: "before" | "after"; readonly text: string | undefined }) {
  if (text === undefined) return <td className="lk-quiet">{words.absent}</td>;
  return (
    <td data-side={side}>
      <pre>{text}</pre>
    </td>
  );
}
