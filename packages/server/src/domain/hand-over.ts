import type { HandOver } from "@latchkey/protocol";
import type { Decision } from "./decision.ts";
import type { BegunForm } from "./social-form.ts";

/**
 * Where the token of a sign-in may go, decided when it begins: to an address whose origin is on the application's list, to
 * the page that asks if its origin is, or where the operator has said (US-SOCIAL-3).
 */
export function handOverOf(
  { returnUrl, wantsRedirect }: Pick<BegunForm, "returnUrl" | "wantsRedirect">,
  allowed: {
    readonly origins: readonly string[];
    readonly redirectUrl: string | undefined;
  },
  origin: string | undefined,
): Decision<{ readonly handOver: HandOver }, "handOverNotAllowed"> {
  if (returnUrl !== undefined) {
    const isListed = URL.canParse(returnUrl) && allowed.origins.includes(new URL(returnUrl).origin);
    const isOwn = returnUrl === allowed.redirectUrl;
    return isListed || isOwn ? redirect(returnUrl) : { refused: "handOverNotAllowed" };
  }
  if (!wantsRedirect && origin !== undefined)
    return allowed.origins.includes(origin)
      ? { handOver: { kind: "message", origin } }
      : { refused: "handOverNotAllowed" };
  if (allowed.redirectUrl === undefined) return { refused: "handOverNotAllowed" };
  return redirect(allowed.redirectUrl);
}

/** In the spelling that a browser, and a header, take. */
function redirect(url: string): { readonly handOver: HandOver } {
  return { handOver: { kind: "redirect", url: new URL(url).href } };
}
