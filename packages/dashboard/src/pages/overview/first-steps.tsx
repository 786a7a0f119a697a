import type { ReactNode } from "react";
import { Button, Title } from "@mantine/core";
import { Link } from "wouter";
import { sessionsPath, within } from "#location/paths.ts";
import { Section } from "#parts/section.tsx";
import { texts } from "#texts/texts.ts";
import { ConnectProgram } from "./connect-program.tsx";

const words = texts.overview.start;

/** For an application that nobody uses yet. */
export function FirstSteps({ applicationId }: { readonly applicationId: string }) {
  return (
    <Section title={words.title} about={words.about}>
      <ol className="lk-steps">
        <Step {...words.license}>
          <Button component={Link} href={`${within(applicationId)}/licenses`}>
            {words.license.action}
          </Button>
        </Step>
        <Step {...words.connect}>
          <ConnectProgram applicationId={applicationId} triesLicense />
        </Step>
        <Step {...words.watch}>
          <Button component={Link} href={sessionsPath(applicationId)} variant="default">
            {words.watch.action}
          </Button>
        </Step>
      </ol>
    </Section>
  );
}

interface StepProps {
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}

function Step({ title, about, children }: StepProps) {
  return (
    <li>
      <Title order={3}>{title}</Title>
      <p>{about}</p>
      {children}
    </li>
  );
}
