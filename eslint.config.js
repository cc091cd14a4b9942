import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import regexp from 'eslint-plugin-regexp';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** Which way imports may point: widget -> shared/api (types), shared/values; bff -> shared; e2e -> all. */
const restrictedImports = (...patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
});
const notFrom = (group, message) => ({ group, message });

const sharedIsTheGround = notFrom(
  ['**/bff/**', '**/widget/**', '**/e2e/**'],
  'shared imports nothing above it.',
);
const bffStandsAlone = notFrom(['**/widget/**', '**/e2e/**'], 'bff imports shared only.');
const widgetStandsAlone = notFrom(
  [
    '**/bff/{routes,services,hecto,store,http,log}/**',
    '**/bff/{app,main,config}.ts',
    '**/e2e/**',
    '**/shared/hecto/**',
  ],
  'The widget imports shared/values, and types of shared/api. No Hecto name reaches the browser.',
);
const browserOnly = notFrom(
  ['node:*', 'zod', 'zod/*', 'pg', 'kysely'],
  'This cannot or must not run in the browser.',
);
const typesOnly = {
  group: ['**/shared/api/**'],
  allowTypeImports: true,
  message: 'Types only: a schema library would make the widget six times as large.',
};
const noRawHtml = notFrom(['lit/directives/unsafe-*'], 'Text from outside is shown as text.');

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'data/',
      'node_modules/',
      'test-results/',
      'reports/',
      'playwright-report/',
      'docs/site/',
      'docs/webview/',
      // Runs in a container as it stands: e2e/operation/container.test.ts runs it.
      'docs/containers/',
      // Not of this project: e2e/outside installs, checks and runs them.
      'docs/examples/plain-html/',
      'docs/examples/react/',
      'e2e/bench/peers/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // Express 5 and DOM listeners take functions that return promises.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      // With noUncheckedIndexedAccess `match[1]!` is the honest way to say "the pattern has that group".
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
  {
    // What anybody may type must not keep a processor busy.
    files: ['bff/**', 'shared/**', 'widget/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  { files: ['shared/**'], ignores: ['**/*.test.ts'], rules: restrictedImports(sharedIsTheGround) },
  { files: ['bff/**'], ignores: ['**/*.test.ts'], rules: restrictedImports(bffStandsAlone) },
  {
    files: ['e2e/testbed/**'],
    ignores: ['**/*.test.ts'],
    rules: restrictedImports(
      notFrom(['**/bff/**', '**/widget/**'], 'The testbed is independent of what it tests.'),
    ),
  },
  {
    files: ['widget/**'],
    ignores: ['**/*.test.ts'],
    rules: restrictedImports(widgetStandsAlone, browserOnly, typesOnly, noRawHtml),
  },
  {
    files: ['widget/**'],
    ...lit.configs['flat/recommended'],
    plugins: { lit, wc, 'lit-a11y': litA11y },
    rules: {
      ...lit.configs['flat/recommended'].rules,
      ...wc.configs['flat/recommended'].rules,
      ...wc.configs['flat/best-practice'].rules,
      ...litA11y.configs.recommended.rules,
      'lit/no-invalid-escape-sequences': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/prefer-nothing': 'error',
      // Registering tag names is the job of index.ts and its like; files export the class.
      'wc/define-tag-after-class-definition': 'off',
      'wc/expose-class-on-global': 'off',
      'wc/file-name-matches-element': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/]',
          message: 'Text from outside is shown as text.',
        },
        {
          selector: 'MemberExpression[object.name="document"][property.name=/^write/]',
          message: 'Never in a page.',
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'e2e/**'],
    rules: {
      // Playwright's fixtures without needs take `{}`.
      'no-empty-pattern': 'off',
    },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['e2e/shop/assets/**'],
    languageOptions: {
      globals: { document: 'readonly', fetch: 'readonly', location: 'readonly', URLSearchParams: 'readonly' },
    },
  },
);
