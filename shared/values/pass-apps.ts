import type { Carrier, PassApp } from '../api/state.ts';

/** The PASS app of each network: its scheme, its package at Google Play, its number at the App Store. */
export const passApps = {
  skt: ['tauthlink', 'com.sktelecom.tauth', 1141258007],
  kt: ['ktauthexternalcall', 'com.kt.ktauth', 1134371550],
  lgu: ['upluscorporation', 'com.lguplus.smartotp', 1147394645],
} as const;

/** The PASS app of a carrier; who rents a network has that network's app. */
export function passAppOf(carrier: Carrier): PassApp {
  const [scheme, id, appleId] = passApps[carrier.split('-')[0] as keyof typeof passApps];
  return {
    url: `${scheme}://`,
    storeUrl: `market://details?id=${id}`,
    appStoreUrl: `https://apps.apple.com/kr/app/id${appleId}`,
  };
}
