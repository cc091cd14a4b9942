/** First step of `npm run test:engines`: makes sure that Firefox ESR and WebKitGTK are there. */
import { spawnSync } from 'node:child_process';
import { canUseApt, installPackages } from '../browser/install.ts';

/** Each command, and the Debian package that brings it. */
const needed = { 'firefox-esr': 'firefox-esr', WebKitWebDriver: 'webkit2gtk-driver', 'xvfb-run': 'xvfb' };

const missing = () =>
  Object.entries(needed).flatMap(([command, name]) =>
    spawnSync('which', [command]).status === 0 ? [] : [name],
  );

if (missing().length > 0 && canUseApt) {
  process.stderr.write(`Installing ${missing().join(', ')} with apt-get…\n`);
  installPackages([...missing(), 'fonts-noto-cjk']);
}
if (missing().length > 0) {
  process.stderr.write(
    `The other engines need packages of Debian or Ubuntu: apt-get install ${missing().join(' ')}\n`,
  );
  process.exit(1);
}
