/** `unlinkLicense` → `Unlink license`: what nobody has put into words yet. */
export function spokenAction(action: string): string {
  const parts = action.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return parts.slice(0, 1).toUpperCase() + parts.slice(1);
}
