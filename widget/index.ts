/** The script tag's entry: registers the element, nothing else. Being loaded twice changes nothing. */
import { HectoOnboarding } from './hecto-onboarding.ts';

export { HectoOnboarding };

const tag = 'hecto-onboarding';
const taken = customElements.get(tag);
if (!taken) customElements.define(tag, HectoOnboarding);
else if (!Object.hasOwn(taken, 'version') || !Object.hasOwn(taken, 'create'))
  // An impostor could collect what customers type, so the page's developer has to know (S34).
  throw new Error(`<${tag}> is already defined by another script.`);
