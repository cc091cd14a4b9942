/** Schemes that mean something to a browser, or to the system under it. No app owns them. */
const taken = [
  'javascript:',
  'data:',
  'vbscript:',
  'file:',
  'filesystem:',
  'blob:',
  'about:',
  'view-source:',
  'http:',
  'https:',
  'ftp:',
  'intent:',
  'ws:',
  'wss:',
];

/** Whether an app may call the scheme, e.g. `exampleshop:`, its own. */
export const isAppScheme = (protocol: string): boolean => !taken.includes(protocol);

/** Whether this is how a page inside an app calls its origin, e.g. `capacitor://localhost`. */
export function isAppOrigin(value: string): boolean {
  const [, protocol] = /^([a-z][a-z0-9+.-]+:)\/\/[a-z0-9]+([.-][a-z0-9]+)*$/.exec(value) ?? [];
  return protocol !== undefined && isAppScheme(protocol);
}
