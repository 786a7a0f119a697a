import { Tooltip } from "@mantine/core";
import { texts } from "#texts/texts.ts";

const words = texts.general.live;

/** Says whether what is shown keeps itself true. */
export function LiveMark({ isLive }: { readonly isLive: boolean }) {
  return (
    <Tooltip label={isLive ? words.liveAbout : words.lostAbout}>
      <span className="lk-live" data-live={isLive} role="status">
        {isLive ? words.live : words.lost}
      </span>
    </Tooltip>
  );
}
