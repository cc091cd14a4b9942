import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import allowlist from '../docs/webview/allowlist.json' with { type: 'json' };
import { bridgeNames } from '../widget/host/bridges.ts';
import { passApps } from '../shared/values/pass-apps.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../docs/webview', path), 'utf8');
const { schemes, systemSchemes, packages, appStore, bridges } = allowlist;

const samples = [
  {
    platform: 'ios',
    path: 'ios/HectoOnboardingView.swift',
    names: [...schemes, ...systemSchemes.ios, ...appStore],
    promises: [
      'url.scheme == hostedUrl.scheme && url.host == hostedUrl.host && url.port == hostedUrl.port',
      'webViewWebContentProcessDidTerminate',
      'allowsBackForwardNavigationGestures = true',
      'message.frameInfo.isMainFrame',
      'name: "hectoOnboarding"',
      'decisionHandler(.cancel)',
    ],
  },
  {
    platform: 'android',
    path: 'android/HectoOnboardingActivity.kt',
    names: [...schemes, ...systemSchemes.android, ...packages],
    promises: [
      'originOf(request.url) == originOf(hostedUrl)',
      'onRenderProcessGone',
      'canGoBack()',
      'allowFileAccess = false',
      'allowContentAccess = false',
      'MIXED_CONTENT_NEVER_ALLOW',
      'setAcceptThirdPartyCookies(webView, false)',
      'addWebMessageListener(webView, "HectoOnboardingAndroid", setOf(originOf(hostedUrl)))',
      'component = null; selector = null',
    ],
  },
  {
    platform: 'react-native',
    path: 'react-native/HectoOnboarding.tsx',
    names: [...schemes, ...systemSchemes.android, ...packages, ...appStore],
    promises: [
      'origin === originOf(hostedUrl)',
      'onContentProcessDidTerminate={revive}',
      'onRenderProcessGone={revive}',
      'canGoBack',
      'allowFileAccess={false}',
      'thirdPartyCookiesEnabled={false}',
      'mixedContentMode="never"',
      'window.ReactNativeWebView',
    ],
  },
  {
    platform: 'flutter',
    path: 'flutter/hecto_onboarding.dart',
    names: [...schemes, ...systemSchemes.android, ...packages, ...appStore],
    promises: [
      'url.scheme == hosted.scheme && url.host == hosted.host && url.port == hosted.port',
      'webContentProcessTerminated',
      'canGoBack()',
      'setAllowFileAccess(false)',
      "addJavaScriptChannel('HectoOnboardingFlutter'",
      'NavigationDecision.prevent',
    ],
  },
] as const;

describe.each(samples)('S31 the sample for $platform', ({ platform, path, names, promises }) => {
  const source = read(path);

  test('opens exactly what the allowlist names', () => {
    const [, block = ''] = /allowlist: begin[^\n]*\n([^]*?)\n[^\n]*allowlist: end/.exec(source) ?? [];
    const named = [...block.matchAll(/["']([^"']+)["']/g)].map(([, name]) => name);
    expect(named.sort()).toEqual([...names].sort());
    // And nothing is named outside of it.
    const rest = source.replace(block, '').replace(/^ *\/\/.*$/gm, '');
    for (const name of [...schemes, ...packages, ...appStore]) expect(rest).not.toContain(`${name}"`);
  });

  test('listens at the bridge that the page speaks to, filters by origin, and comes back after a kill', () => {
    expect(source).toContain(bridges[platform]);
    for (const promise of promises) expect(source).toContain(promise);
    expect(source).toContain('hecto-exit');
    expect(source).not.toMatch(/addJavascriptInterface\(|allowFileAccess = true|loadFileURL\(/);
  });
});

test('the allowlist agrees with the widget', () => {
  const apps = Object.values(passApps);
  expect(schemes).toEqual(apps.map(([scheme]) => scheme));
  expect(packages).toEqual(apps.map(([, id]) => id));
  expect(appStore).toEqual(apps.map(([, , number]) => `https://apps.apple.com/kr/app/id${number}`));
  expect(bridgeNames.map((name) => name.split('.').at(-1))).toEqual([
    bridges.ios,
    bridges.android,
    bridges['react-native'],
    bridges.flutter,
  ]);
});

test.each(['README.md', 'README.ko.md'])('the snippets of %s agree with the allowlist', (file) => {
  const text = read(file);
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);
  expect(named(/<string>(.+)<\/string>/g)).toEqual(schemes);
  expect(named(/<package android:name="(.+)" \/>/g)).toEqual(packages);
  for (const name of bridgeNames) expect(text).toContain(`window.${name}`);
});

describe('the sample for React Native, run', () => {
  const { outputText, diagnostics } = ts.transpileModule(read('react-native/HectoOnboarding.tsx'), {
    reportDiagnostics: true,
    compilerOptions: {
      jsx: ts.JsxEmit.ReactJSX,
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
    },
  });
  const load = () => {
    const exports: { decide?: (url: string, hostedUrl: string) => unknown } = {};
    // eslint-disable-next-line no-new-func, @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- our own file
    new Function('exports', 'require', outputText)(exports, () => ({}));
    return exports.decide!;
  };
  const hosted = 'https://bff.example.com/onboarding/obs_1#ct_1';

  test('parses', () => {
    expect(diagnostics).toEqual([]);
  });

  test.each([
    'https://bff.example.com/onboarding/obs_1',
    'https://bff.example.com?x',
    'HTTPS://BFF.example.com/',
  ])('S31 %s stays inside', (url) => {
    expect(load()(url, hosted)).toBe('inside');
  });

  test.each([
    ['tel:16005220', 'tel:16005220'],
    ['tauthlink://', 'tauthlink://'],
    ['upluscorporation://x?y=1', 'upluscorporation://x?y=1'],
    ['market://details?id=com.kt.ktauth', 'market://details?id=com.kt.ktauth'],
    [appStore[0]!, appStore[0]!],
    [
      'intent://request#Intent;scheme=ktauthexternalcall;package=com.kt.ktauth;end',
      'ktauthexternalcall://request',
    ],
  ])('S32 %s is handed to the system', (url, open) => {
    expect(load()(url, hosted)).toEqual({ open });
  });

  test.each([
    'http://bff.example.com/',
    'https://bff.example.com:8443/',
    'https://bff.example.com.evil.com/',
    'https://bff.example.com@evil.com/',
    'https://bff.example.com\\@evil.com/',
    'https://evil.com/https://bff.example.com/',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/hosts',
    'content://com.example.shop/x',
    'about:blank',
    'blob:https://bff.example.com/1',
    'otherapp://x',
    'market://details?id=com.evil.app',
    'market://search?q=pass',
    'https://apps.apple.com/kr/app/id1',
    'intent://x#Intent;scheme=tauthlink;package=com.evil.app;end',
    'intent://x#Intent;scheme=evil;package=com.kt.ktauth;end',
    'intent://x#Intent;component=com.example.shop/.Secret;end',
    '',
  ])('S32 %s is blocked', (url) => {
    expect(load()(url, hosted)).toBe('block');
  });
});
