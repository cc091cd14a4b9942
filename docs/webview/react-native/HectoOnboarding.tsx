import { useEffect, useRef, useState } from 'react';
import { BackHandler, Linking } from 'react-native';
import { WebView, type WebViewMessageEvent } from 'react-native-webview';

// allowlist: begin (the same as allowlist.json)
const schemes = ['tauthlink', 'ktauthexternalcall', 'upluscorporation', 'tel'];
const marketScheme = 'market';
const intentScheme = 'intent';
const packages = ['com.sktelecom.tauth', 'com.kt.ktauth', 'com.lguplus.smartotp'];
const appStore = [
  'https://apps.apple.com/kr/app/id1141258007',
  'https://apps.apple.com/kr/app/id1134371550',
  'https://apps.apple.com/kr/app/id1147394645',
];
// allowlist: end

/** Scheme, host and port. By pattern: React Native's own URL does not know them all. */
export const originOf = (url: string): string | undefined =>
  /^https?:\/\/[^/?#\\@]+(?=[/?#]|$)/i.exec(url)?.[0].toLowerCase();

/**
 * What to do with an address the page goes to: only the BFF's origin stays inside, the system may open what is on the
 * allowlist, everything else is blocked.
 */
export function decide(url: string, hostedUrl: string): 'inside' | 'block' | { readonly open: string } {
  const origin = originOf(url);
  if (origin && origin === originOf(hostedUrl)) return 'inside';
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
  if (schemes.includes(scheme) || appStore.includes(url)) return { open: url };
  if (scheme === marketScheme) {
    const id = /^market:\/\/details\?id=([\w.]+)$/.exec(url)?.[1];
    return id && packages.includes(id) ? { open: url } : 'block';
  }
  if (scheme === intentScheme) {
    // The system's opener knows no intent: addresses, so the app's own address is taken out of it.
    const [, address = '', extras = ''] = /^intent:(.*?)#Intent;(.*)$/i.exec(url) ?? [];
    const value = (name: string) => new RegExp(`(?:^|;)${name}=([^;]*)`).exec(extras)?.[1] ?? '';
    const known = packages.includes(value('package')) && schemes.includes(value('scheme'));
    return known ? { open: `${value('scheme')}:${address}` } : 'block';
  }
  return 'block';
}

type Props = {
  /** From your server: POST /v1/onboarding-sessions. */
  readonly hostedUrl: string;
  /** Every event: its name, e.g. `hecto-success`, and its detail. */
  readonly onEvent: (type: string, detail: unknown) => void;
  /** The customer is through or wants to leave: take this component away. */
  readonly onClose: () => void;
};

/** Shows the hosted page of one onboarding session and reports what happens in it. */
export function HectoOnboarding({ hostedUrl, onEvent, onClose }: Props) {
  const webView = useRef<WebView>(null);
  const canGoBack = useRef(false);
  const [lives, setLives] = useState(0);

  useEffect(() => {
    const { remove } = BackHandler.addEventListener('hardwareBackPress', () => {
      // To the step before; at the first one the page asks, and a second press leaves.
      if (canGoBack.current) webView.current?.goBack();
      else onClose();
      return true;
    });
    return remove;
  }, [onClose]);

  function receive({ nativeEvent: { data, url } }: WebViewMessageEvent) {
    if (originOf(url) !== originOf(hostedUrl)) return;
    const { hecto, type, detail } = JSON.parse(data) as { hecto: number; type: string; detail: unknown };
    if (hecto !== 1) return;
    onEvent(type, detail);
    if (type === 'hecto-exit') onClose();
  }

  function maySkipTo(url: string): boolean {
    const decision = decide(url, hostedUrl);
    // Not installed: the page offers the store, and a text message instead.
    if (typeof decision === 'object') Linking.openURL(decision.open).catch(() => undefined);
    return decision === 'inside';
  }

  // The system took the page's memory. A new WebView; the server knows where the customer was.
  const revive = () => setLives((before) => before + 1);

  return (
    <WebView
      key={lives}
      ref={webView}
      // The token in the address is good for once.
      source={{ uri: lives ? hostedUrl.replace(/#.*/, '') : hostedUrl }}
      onMessage={receive} // puts window.ReactNativeWebView into the page
      onShouldStartLoadWithRequest={({ url }) => maySkipTo(url)}
      // All addresses go through the filter above; what is not listed here would be opened without asking it.
      originWhitelist={['*']}
      onNavigationStateChange={(state) => {
        canGoBack.current = state.canGoBack;
      }}
      onLoadProgress={({ nativeEvent }) => {
        canGoBack.current = nativeEvent.canGoBack;
      }}
      onContentProcessDidTerminate={revive}
      onRenderProcessGone={revive}
      allowsBackForwardNavigationGestures
      allowFileAccess={false}
      allowFileAccessFromFileURLs={false}
      allowUniversalAccessFromFileURLs={false}
      mixedContentMode="never"
      setSupportMultipleWindows={false}
      thirdPartyCookiesEnabled={false}
    />
  );
}
