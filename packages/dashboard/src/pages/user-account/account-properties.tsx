import { Facts } from "#parts/facts.tsx";
import { Section } from "#parts/section.tsx";
import { texts } from "#texts/texts.ts";
import type { Account } from "../accounts/account-name.ts";
import { propertyText } from "./property-text.ts";

const words = texts.accounts.one;

export function AccountProperties({ account: { properties } }: { readonly account: Account }) {
  const entries = Object.entries(properties);
  return (
    <Section title={words.properties} about={words.propertiesAbout}>
      {entries.length === 0 ? (
        <p className="lk-section-about">{words.noProperties}</p>
      ) : (
        <Facts facts={entries.map(([name, value]) => [name, <Value key={name} text={propertyText(value)} />])} />
      )}
    </Section>
  );
}

function Value({ text }: { readonly text: string }) {
  if (text === "") return <span className="lk-quiet">{words.noValue}</span>;
  return text.includes("\n") ? <pre className="lk-pre">{text}</pre> : text;
}
