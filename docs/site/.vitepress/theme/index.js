/** VitePress's own theme, with fonts that are installed: nothing is loaded from anywhere. */
import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ router, siteData }) {
    // The switch of languages takes any page to be there in both.
    router.onBeforePageLoad = (to) => {
      const english = siteData.value.themeConfig.inEnglishOnly[new URL(to, 'http://site').pathname];
      if (english === undefined) return true;
      void router.go(english);
      return false;
    };
  },
};
