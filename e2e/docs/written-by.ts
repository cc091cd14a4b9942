/** Stands in every page that a program writes. */
export const writtenBy =
  '<!-- Written by `npm run docs -- --pages`: change what it is made of, not this page. -->';
