import { useState } from "react";
import { Button, Center, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { call } from "#api/call.ts";
import { ownOperatorKey } from "#api/own-operator-key.ts";
import { ProblemError } from "#api/problem-error.ts";
import { queryClient } from "#api/query-client.ts";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { texts } from "#texts/texts.ts";
import { navigate } from "#location/hash-location.ts";
import { LinkForm } from "./link-form.tsx";
import { FactorOffer } from "./factor-offer.tsx";
import { WelcomeCard } from "./welcome-card.tsx";

const words = texts.welcome.link;

/** Where the links of a first start, an invitation and a password reset lead. */
export function LinkPage({ secret }: { readonly secret: string }) {
  const [joinedWith, setJoinedWith] = useState<string>();
  // Asked once: a link that has been used is not good any more, and its page goes on.
  const link = useQuery({
    queryKey: ["showInvitation", secret],
    queryFn: ({ signal }) => call("showInvitation", { secret }, { signal }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const enter = () => {
    void queryClient.invalidateQueries({ queryKey: ownOperatorKey });
    navigate("/", { replace: true });
  };
  if (joinedWith !== undefined) return <FactorOffer password={joinedWith} onDone={enter} />;
  if (link.isPending) {
    return (
      <Center h="100dvh">
        <Loader type="dots" />
      </Center>
    );
  }
  if (link.isError) {
    if (!(link.error instanceof ProblemError) || link.error.code !== "linkInvalid") {
      return <ProblemNotice error={link.error} onRetry={() => void link.refetch()} />;
    }
    return (
      <WelcomeCard title={words.badTitle} about={words.badAbout}>
        <Button variant="default" onClick={() => navigate("/", { replace: true })}>
          {words.toSignIn}
        </Button>
      </WelcomeCard>
    );
  }
  const { output } = link.data;
  const joined = (password: string) => {
    if (output.secondFactor === "on") enter();
    else setJoinedWith(password);
  };
  return <LinkForm secret={secret} link={output} onDone={joined} />;
}
