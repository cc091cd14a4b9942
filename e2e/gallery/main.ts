/** `npm run gallery`: every state of every screen, in the browser. Ctrl-C stops it. */
import { firstTakenPort } from '../ports.ts';
import { startGallery } from './server.ts';

const port = 4030;

if (await firstTakenPort([port])) {
  process.stderr.write(`Port ${port} is taken: stop what runs there (another gallery?) and start again.\n`);
  process.exit(1);
}
const gallery = await startGallery(port);
process.stdout.write(`\n  Gallery  ${gallery.url}\n\n  Ctrl-C stops it.\n`);
