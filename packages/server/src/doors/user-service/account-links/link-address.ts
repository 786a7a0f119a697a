import { withoutPrefix } from "../address.ts";

/** A link to an account, as its path says it. */
export interface LinkAddress {
  readonly applicationId: string;
  readonly kind: "confirm" | "recover";
  readonly secret: string;
}

const styleSheetPath = "/link-pages.css";
/** Where the style sheet is, seen from a page: whatever a proxy puts in front of both. */
export const styleSheetFromPage = `../../..${styleSheetPath}`;

const form = /^\/+([^/]+)\/users\/(confirm|recover)\/([^/]+)$/;

/** What a path means to this door; `undefined`: nothing. */
export function readLinkPath(path: string, prefix: string): LinkAddress | "styleSheet" | undefined {
  const below = withoutPrefix(path, prefix);
  if (below === styleSheetPath) return "styleSheet";
  const [, applicationId, kind, secret] = form.exec(below) ?? [];
  if (applicationId === undefined || secret === undefined) return undefined;
  return { applicationId, kind: kind === "confirm" ? "confirm" : "recover", secret };
}
