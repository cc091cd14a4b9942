import type { Carrier } from '../../shared/api/state.ts';

/** The PASS app of each network: its scheme, its package at Google Play, its number at the App Store. */
export const passApps = {
  skt: ['tauthlink', 'com.sktelecom.tauth', 1141258007],
  kt: ['ktauthexternalcall', 'com.kt.ktauth', 1134371550],
  lgu: ['upluscorporation', 'com.lguplus.smartotp', 1147394645],
} as const;

/** The app in which the customer goes on, for whoever opens it. */
export type ExternalApp = {
  readonly carrier: Carrier;
  /** Opens the app where it is installed. */
  readonly url: string;
  /** Where to get it. */
  readonly storeUrl: string;
};

/** The PASS app of a carrier; who rents a network has that network's app. */
export function passApp(carrier: Carrier): ExternalApp {
  const [scheme, id, appleId] = passApps[carrier.split('-')[0] as keyof typeof passApps];
  return {
    carrier,
    url: `${scheme}://`,
    // Only Apple's phones know this property.
    storeUrl: CSS.supports('-webkit-touch-callout:none')
      ? `https://apps.apple.com/kr/app/id${appleId}`
      : `market://details?id=${id}`,
  };
}
