import type { Step } from '../../shared/api/state.ts';
import type { Back } from '../../shared/api/widget.ts';

/** Where the back button leads. From the other steps it leaves: what was proven or agreed there is not undone. */
export const earlier: { readonly [S in Step]?: Back['to'] } = {
  code: 'identity',
  pass: 'identity',
  account: 'identity',
  ars: 'account',
};

/** How often one can go back from a step, leaving included. */
export function depthOf(step: Step): number {
  const to = earlier[step];
  return to ? depthOf(to) + 1 : 1;
}
