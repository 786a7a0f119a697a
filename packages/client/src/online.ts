/** Tells, in a page or its workers, when the network is back; elsewhere never. Returns the function that stops it. */
export function onOnline(action: () => void): () => void {
  const scope: unknown = globalThis;
  if (!(scope instanceof EventTarget)) return () => undefined;
  scope.addEventListener("online", action);
  return () => scope.removeEventListener("online", action);
}
