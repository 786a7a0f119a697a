/** Copies a text. The newer way is missing where the dashboard is reached without TLS, so there is an older one. */
export async function copyText(text: string): Promise<boolean> {
  if (isSecureContext) {
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (copied) return true;
  }
  const carrier = document.createElement("textarea");
  carrier.value = text;
  carrier.style.position = "fixed";
  carrier.style.opacity = "0";
  const holder = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
  (holder?.closest("[aria-modal]") ?? document.body).append(carrier);
  carrier.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else does it without TLS
  const copied = document.execCommand("copy");
  carrier.remove();
  holder?.focus();
  return copied;
}
