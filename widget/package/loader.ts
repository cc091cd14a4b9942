import type { HectoOnboarding } from '../hecto-onboarding.ts';

/** What to load from where. */
export type LoadOptions = {
  /** The BFF as browsers see it, e.g. `https://bff.example.com`. */
  readonly bffUrl: string;
  /** `1` (default) follows every release that keeps this contract; `1.4` and `1.4.2` follow less and nothing. */
  readonly version?: string | undefined;
  /** What the file of a full version must be: `sha384-…` from `/widget/1.4.2/manifest.json`. */
  readonly integrity?: string | undefined;
};

type Loaded = typeof HectoOnboarding;

const tag = 'hecto-onboarding';
let loading: { readonly href: string; readonly element: Promise<Loaded> } | undefined;

/**
 * Loads the widget from the merchant's BFF, once for each page, and resolves with the class of `<hecto-onboarding>`.
 * Importing this does nothing, so it may be part of what a server renders. After a failure the next call tries again.
 * @throws (rejects) when the script cannot be loaded or is not the expected one, when another BFF's or version's has
 * been asked for on this page, when another script holds the tag, and where there is no page.
 */
export async function loadHectoOnboarding({
  bffUrl,
  version = '1',
  integrity,
}: LoadOptions): Promise<Loaded> {
  if (typeof document === 'undefined')
    throw new Error('loadHectoOnboarding needs a page: call it in the browser, e.g. in an effect.');
  if (integrity && !/^\d+\.\d+\.\d+/.test(version))
    throw new Error('integrity needs a full version, e.g. 1.4.2: files of a shorter one change.');
  const { href } = new URL(`/widget/${version}/hecto-onboarding.classic.js`, bffUrl);
  if (loading && loading.href !== href)
    throw new Error(`This page uses ${loading.href} already, so it cannot use ${href}.`);
  if (!loading) {
    // A script tag of the page's own may have been first.
    const element = customElements.get(tag) ? Promise.resolve().then(registered) : load(href, integrity);
    loading = { href, element };
    element.catch(() => (loading = undefined));
  }
  return loading.element;
}

function load(href: string, integrity: string | undefined): Promise<Loaded> {
  // A classic script: browsers remember a module that failed to load as failed, and would not try again.
  const script = document.createElement('script');
  script.src = trusted(href);
  script.crossOrigin = 'anonymous';
  if (integrity) script.integrity = integrity;
  return new Promise((resolve, reject) => {
    script.onerror = () => reject(new Error(`Could not load ${href}.`));
    script.onload = resolve;
    document.head.append(script);
  })
    .then(registered)
    .catch((error: unknown) => {
      script.remove();
      throw error;
    });
}

/** The class behind the tag, which an impostor could have taken (S34). */
function registered(): Loaded {
  const element = customElements.get(tag);
  if (!element || !Object.hasOwn(element, 'version') || !Object.hasOwn(element, 'create'))
    throw new Error(`<${tag}> is not defined by our script.`);
  return element as Loaded;
}

type Policy = { createScriptURL(url: string): string };
type Policies = { createPolicy(name: string, rules: Policy): Policy };
let policy: Policy | undefined;

/** The address as a page with Trusted Types wants it. Such a page lists the policy: `trusted-types hecto-onboarding`. */
function trusted(href: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  policy ??= trustedTypes?.createPolicy('hecto-onboarding', { createScriptURL: (url) => url });
  return policy?.createScriptURL(href) ?? href;
}
