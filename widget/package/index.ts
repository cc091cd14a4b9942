/**
 * The npm package: types, the loader and a wrapper for React. The widget itself is not in it: what runs always comes
 * from the merchant's own BFF, so that it fits the BFF and is up to date.
 */
export type { ExitReason, HectoError, HectoEventName, HectoEvents, Result } from '../host/events.ts';
export type {
  Appearance,
  CreateOptions,
  HectoOnboarding,
  Locale,
  Messages,
  SurfaceName,
  Theme,
  TokenReason,
} from '../hecto-onboarding.ts';
export { loadHectoOnboarding, type LoadOptions } from './loader.ts';
