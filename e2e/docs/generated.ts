/** Pages that are written by a program, and by which: they are kept in the repository, so that they can be read there. */
import { apiPage } from './api-page.ts';
import { errorsPage } from './errors-page.ts';

/** Stands in every such page. */
export const writtenBy =
  '<!-- Written by `npm run docs -- --pages`: change what it is made of, not this page. -->';

/** Each page by its path, and what makes it. */
export const generatedPages: Readonly<Record<string, () => string>> = {
  'docs/errors.md': () => errorsPage('en'),
  'docs/errors.ko.md': () => errorsPage('ko'),
  'docs/api.md': () => apiPage('en'),
  'docs/api.ko.md': () => apiPage('ko'),
};
