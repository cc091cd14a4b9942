/** The real BFF in a process of its own: started, told the time and told where to die by the test that forked it. */
import { inspect } from 'node:util';
import { createApp } from '../../../app.ts';
import { parseConfig } from '../../../config.ts';
import { obeyStopSignals } from '../../../stop-signals.ts';
import type { Answer, Order, Place } from './messages.ts';

let skewMs = 0;
let deathbed: Place | undefined;

const clock = () => new Date(Date.now() + skewMs);
const checkpoint = (place: Place): void => {
  if (place === deathbed) process.kill(process.pid, 'SIGKILL');
};
const answer = (message: Answer) => process.send?.(message);
const signals = obeyStopSignals((error) => {
  process.stderr.write(inspect(error));
  process.exit(1);
});

async function obey(order: Order): Promise<Answer> {
  switch (order.do) {
    case 'start': {
      ({ skewMs, crashAt: deathbed } = order);
      const config = { ...parseConfig(order.env), port: 0 };
      const app = await createApp(config, {
        clock,
        checkpoint,
        readSecrets: () => parseConfig(order.env),
        timings: { idleMs: 0, ...order.timings },
      });
      signals.begin(app);
      return { did: 'start', url: (await app.listen()).url };
    }
    case 'crash-at':
      deathbed = order.place;
      return { did: 'crash-at' };
    case 'set-clock':
      skewMs = order.skewMs;
      return { did: 'set-clock' };
    case 'measure': {
      globalThis.gc?.();
      const { rss, heapUsed } = process.memoryUsage();
      return { did: 'measure', rss, heap: heapUsed };
    }
  }
}

process.on('message', (order: Order) => {
  obey(order).then(answer, (error: unknown) => answer({ did: 'fail', why: inspect(error) }));
});
process.on('disconnect', () => process.exit());
answer({ did: 'load' });
