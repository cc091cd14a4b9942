/** The site of the documents. `npm run docs` lays its sources out in `dist/docs-source` and calls VitePress. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';

const root = join(import.meta.dirname, '../../..');
const source = join(root, 'dist/docs-source');
const { en, ko, inEnglishOnly } = JSON.parse(readFileSync(join(source, 'menu.json'), 'utf8'));

export default defineConfig({
  title: 'Hecto Onboarding',
  description: 'Bank-account onboarding and payments for Korean merchants',
  srcDir: source,
  srcExclude: ['public/**'],
  outDir: join(root, 'dist/docs'),
  cacheDir: join(root, 'dist/docs-source/.cache'),
  ignoreDeadLinks: 'localhostLinks',
  // The anchors of the repository, so that a link holds in both places. VitePress takes Hangul apart.
  markdown: { anchor: { slugify: slug }, theme: { light: 'github-light', dark: 'github-dark' } },
  // The project's own configuration is for the widget.
  vite: { configFile: false, publicDir: join(source, 'public') },
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        locales: {
          ko: {
            translations: {
              button: { buttonText: '검색', buttonAriaLabel: '검색' },
              modal: {
                displayDetails: '자세히 보기',
                resetButtonTitle: '지우기',
                backButtonTitle: '닫기',
                noResultsText: '찾지 못했어요:',
                footer: { selectText: '선택', navigateText: '이동', closeText: '닫기' },
              },
            },
          },
        },
      },
    },
    outline: [2, 3],
    externalLinkIcon: true,
    inEnglishOnly,
  },
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar: en } },
    ko: {
      label: '한국어',
      lang: 'ko',
      description: '가맹점을 위한 내통장결제 계좌 등록과 결제',
      themeConfig: {
        sidebar: ko,
        outline: { level: [2, 3], label: '이 페이지에서' },
        docFooter: { prev: '이전', next: '다음' },
        sidebarMenuLabel: '메뉴',
        returnToTopLabel: '맨 위로',
        darkModeSwitchLabel: '화면 모드',
        lightModeSwitchTitle: '밝은 화면으로',
        darkModeSwitchTitle: '어두운 화면으로',
        langMenuLabel: '언어 바꾸기',
        skipToContentLabel: '본문으로 가기',
        notFound: {
          title: '페이지가 없어요',
          quote: '주소를 확인하거나 메뉴에서 골라 주세요.',
          linkLabel: '처음으로',
          linkText: '처음으로',
        },
      },
    },
  },
});
