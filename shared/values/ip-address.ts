/** `203.0.113.10` */
export const isIPv4 = (text: string): boolean =>
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text);

/** An IPv6 address, also with an IPv4 tail and one `::`. */
export function isIPv6(text: string): boolean {
  if (!/^[0-9a-f:.]{2,45}$/i.test(text) || !text.includes(':')) return false;
  return URL.canParse(`http://[${text}]/`);
}
