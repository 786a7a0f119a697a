import { Suspense } from "react";
import { Center, Loader } from "@mantine/core";
import { IconZoomQuestion } from "@tabler/icons-react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { Notice } from "#parts/notice.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { pages } from "./pages.ts";
import { LinkPage } from "./pages/welcome/link-page.tsx";
import { SignInPage } from "./pages/welcome/sign-in-page.tsx";
import { CrashBarrier } from "./shell/crash-barrier.tsx";
import { Frame } from "./shell/frame.tsx";
import { useOwnOperator } from "./shell/use-own-operator.ts";

/** Links are for whoever has them; everything else is for who is signed in, and waits at its address until then. */
export function App() {
  const [path] = useLocation();
  const link = /^\/(?:set-up|invitation|password-reset)\/([^/]+)$/.exec(path)?.[1];
  if (link !== undefined) return <LinkPage key={link} secret={decodeURIComponent(link)} />;
  return <SignedIn path={path} />;
}

function SignedIn({ path }: { readonly path: string }) {
  const { data: own, error, refetch } = useOwnOperator();
  if (own === null) return <SignInPage />;
  if (own === undefined) {
    return (
      <Center h="100dvh">
        {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Loader type="dots" />}
      </Center>
    );
  }
  return (
    <Frame>
      <CrashBarrier about={path}>
        <Suspense fallback={<SkeletonRows />}>
          <Switch>
            {pages.map(({ path: pattern, component }) => (
              <Route key={pattern} path={pattern} component={component} />
            ))}
            <Route path="/">
              <Redirect to="/applications" replace />
            </Route>
            <Route>
              <Notice icon={IconZoomQuestion} title={texts.problems.notFoundTitle} about={texts.problems.notFound} />
            </Route>
          </Switch>
        </Suspense>
      </CrashBarrier>
    </Frame>
  );
}
