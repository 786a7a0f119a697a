const ipv4 = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/** Whether somebody could ever come from there: what is no address would be kept out in vain. */
export function isAddress(text: string): boolean {
  if (!/^[\d.:a-f]+$/i.test(text)) return false;
  return ipv4.test(text) || (text.includes(":") && URL.canParse(`http://[${text}]/`));
}
