import { Component, type ReactNode } from "react";
import { Button } from "@mantine/core";
import { IconMoodSad, IconRefresh } from "@tabler/icons-react";
import { Notice } from "#parts/notice.tsx";
import { texts } from "#texts/texts.ts";

interface State {
  readonly error: unknown;
}

interface Props {
  /** Another one is another page, which may work. */
  readonly about: string;
  readonly children: ReactNode;
}

/** Keeps the frame standing where a page has failed, or has gone because the server has a newer one. */
export class CrashBarrier extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override componentDidUpdate(before: Props): void {
    if (before.about !== this.props.about && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const words = texts.problems;
    const isOutdated = error instanceof TypeError && /import|module/i.test(error.message);
    return (
      <Notice
        kind={isOutdated ? "empty" : "error"}
        icon={isOutdated ? IconRefresh : IconMoodSad}
        title={isOutdated ? words.newVersionTitle : words.crashedTitle}
        about={isOutdated ? words.newVersion : words.crashed}
      >
        <Button onClick={() => location.reload()}>{texts.general.reload}</Button>
      </Notice>
    );
  }
}
