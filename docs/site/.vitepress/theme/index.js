/** VitePress's own theme, with fonts that are installed: nothing is loaded from anywhere. */
import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ router, siteData }) {
    // The switch of languages takes every page to be there in both. From one that is not, it leads to the first page.
    router.onBeforePageLoad = (to) => {
      const { base, themeConfig } = siteData.value;
      const path = `/${new URL(to, 'http://site').pathname.slice(base.length)}`;
      const english = themeConfig.inEnglishOnly[path];
      if (english === undefined) return true;
      const isShown = router.route.path === base + english.slice(1);
      void router.go(base + (isShown ? 'ko/' : english.slice(1)));
      return false;
    };
  },
};
