/** The script tag's entry: registers the element, nothing else. Being loaded twice changes nothing. */
import { HectoOnboarding as Ours } from './hecto-onboarding.ts';

const tag = 'hecto-onboarding';
const taken = customElements.get(tag);
if (!taken) customElements.define(tag, Ours);
else if (!Object.hasOwn(taken, 'version') || !Object.hasOwn(taken, 'create'))
  // An impostor could collect what customers type, so the page's developer has to know (S34).
  throw new Error(`<${tag}> is already defined by another script.`);

/** The class behind the tag: of two versions on one page the one that came first, for the other cannot be made. */
export const HectoOnboarding = (taken ?? Ours) as typeof Ours;
