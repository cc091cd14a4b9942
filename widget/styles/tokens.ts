import { css } from 'lit';

const dark = css`
  --hecto-color-background: #17171c;
  --hecto-color-surface: #25262d;
  --hecto-color-text: #f2f4f6;
  --hecto-color-text-muted: #aab2bd;
  --hecto-color-line: #34353d;
  --hecto-color-line-strong: #7d8592;
  --hecto-color-accent: #6ea6ff;
  --hecto-color-on-accent: #0b1c38;
  --hecto-color-accent-soft: #1f2f4a;
  --hecto-color-error: #ff8a8f;
  --hecto-color-error-soft: #3d2226;
  --hecto-color-warning: #ffc46b;
  --hecto-color-warning-soft: #3a2f1c;
  color-scheme: dark;
`;

/**
 * The looks, as custom properties. Merchants theme the widget by setting them on `<hecto-onboarding>`; everything
 * inside uses tokens and never raw colours. Every text colour reaches 4.5:1 on the grounds it is used on, every
 * control border and the focus ring 3:1 (WCAG 1.4.3, 1.4.11), in both themes.
 *
 * Adopted by the root around the app: a shadow root (`:host`) or the page of the frame (`:root`).
 */
export const tokens = css`
  :host,
  :root {
    --hecto-color-background: #fff;
    --hecto-color-surface: #f2f4f7;
    --hecto-color-text: #191f28;
    --hecto-color-text-muted: #5b6675;
    --hecto-color-line: #e1e5ea;
    --hecto-color-line-strong: #828d9c;
    --hecto-color-accent: #1b64da;
    --hecto-color-on-accent: #fff;
    --hecto-color-accent-soft: #e8f1fe;
    --hecto-color-error: #cf2233;
    --hecto-color-error-soft: #fdecee;
    --hecto-color-warning: #8a5300;
    --hecto-color-warning-soft: #fff4e0;

    --hecto-font-family:
      Pretendard, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', system-ui,
      sans-serif;
    --hecto-font-scale: 1;
    --hecto-font-size-s: calc(0.875rem * var(--hecto-font-scale));
    --hecto-font-size-m: calc(1rem * var(--hecto-font-scale));
    --hecto-font-size-l: calc(1.125rem * var(--hecto-font-scale));
    --hecto-font-size-xl: calc(1.625rem * var(--hecto-font-scale));
    --hecto-font-size-xxl: calc(3rem * var(--hecto-font-scale));

    --hecto-space-xs: 4px;
    --hecto-space-s: 8px;
    --hecto-space-m: 16px;
    --hecto-space-l: 24px;

    --hecto-radius-s: 8px;
    --hecto-radius-m: 14px;
    --hecto-radius-l: 24px;

    --hecto-target: 44px;
    --hecto-control: 56px;
    --hecto-width: 480px;

    --hecto-duration: 0.2s;

    color-scheme: light;
  }

  :host([theme='dark']),
  :root[theme='dark'] {
    ${dark}
  }

  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])),
    :root:not([theme='light']) {
      ${dark}
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host,
    :root {
      --hecto-duration: 0s;
    }
  }
`;
