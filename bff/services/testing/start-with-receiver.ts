import { randomBytes } from 'node:crypto';
import type { Config } from '../../config.ts';
import { MerchantServer } from './merchant-server.ts';
import { System } from './start-system.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

/**
 * A system that sends its webhooks to a real receiver, in which a request waits half a second at most for what became of
 * its money. `stop` ends both.
 */
export async function startWithReceiver(change: Partial<Config>, instances = 1) {
  const receiver = await WebhookReceiver.start();
  const webhook = { url: receiver.url, secrets: [randomBytes(32)], networks: ['127.0.0.1'] };
  const system = await System.start({ ...change, webhook }, instances, { answerWithinMs: 500 });
  return {
    system,
    receiver,
    merchant: new MerchantServer(system),
    stop: async () => {
      await system.stop();
      await receiver.close();
    },
  };
}
