import { useState } from "react";
import { SegmentedControl, Tabs } from "@mantine/core";
import { mailKinds, mailLanguages } from "@latchkey/protocol";
import { useParams } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { Page } from "#parts/page.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { useFilters } from "#location/use-filters.ts";
import { MailEditor } from "./mail-editor.tsx";
import { areSame, keyOf, type MailTemplate, type MailWords } from "./mail-words.ts";

const words = texts.mails;
type Drafts = Readonly<Record<string, MailWords | undefined>>;

/** What an application says in its mails: one text for each kind and language. */
export function MailsPage() {
  const { applicationId } = useParams<{ applicationId: string }>();
  const { data, error, refetch } = useAnswer("listMailTemplates", { applicationId });
  const [filters, change] = useFilters(["kind", "language"]);
  /** What is being written; going to another language and back loses none of it. */
  const [drafts, setDrafts] = useState<Drafts>({});
  const kind = mailKinds.find((each) => each === filters.kind) ?? mailKinds[0];
  const language = mailLanguages.find((each) => each === filters.language) ?? mailLanguages[0];
  const template = data?.output.templates.find((each) => each.kind === kind && each.language === language);
  if (!data || !template) {
    return (
      <Page title={words.title} about={words.about}>
        <div className="lk-card">
          {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <SkeletonRows />}
        </div>
      </Page>
    );
  }
  const ofKind = data.output.templates.filter((each) => each.kind === kind);
  const key = keyOf(template);
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <SegmentedControl
          aria-label={words.kind}
          data={mailKinds.map((value) => ({ value, label: words.kinds[value] }))}
          value={kind}
          onChange={(chosen) => change({ kind: chosen })}
        />
      }
    >
      <Tabs className="lk-tabs" value={language} onChange={(chosen) => change({ language: chosen ?? "" })}>
        <Tabs.List aria-label={words.language}>
          {ofKind.map((each) => (
            <Tabs.Tab key={each.language} value={each.language}>
              {words.languages[each.language]}
              <TabMark template={each} draft={drafts[keyOf(each)]} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={language} pt="lg">
          <MailEditor
            key={key}
            applicationId={applicationId}
            template={template}
            draft={drafts[key] ?? template}
            onChange={(draft) => setDrafts((before) => ({ ...before, [key]: draft }))}
          />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function TabMark({ template, draft }: { readonly template: MailTemplate; readonly draft: MailWords | undefined }) {
  if (draft && !areSame(draft, template)) return <span className="lk-tab-mark">{words.unsaved}</span>;
  return template.changedAt !== undefined && <span className="lk-tab-mark">{words.changed}</span>;
}
