import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TestbedState } from '../state/testbed-state.ts';
import { phoneView } from './phone-view.ts';

/** How often time alone is looked at: calls end and approvals expire without anybody doing anything. */
const lookEvery = 500;
const heartbeatEvery = 15_000;

/** A server-sent event `phone` with the whole view at once and whenever it changes. */
export function streamPhone(
  state: TestbedState,
  number: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 1000\n\n');
  let last = '';
  const look = () => {
    const view = phoneView(state, number);
    const seen = JSON.stringify({ ...view, now: '' });
    if (seen === last) return;
    last = seen;
    response.write(`event: phone\ndata: ${JSON.stringify(view)}\n\n`);
  };
  const changed = (other: string) => {
    if (other === number) look();
  };
  look();
  state.changes.on('phone', changed);
  const looking = setInterval(look, lookEvery);
  const beating = setInterval(() => response.write(': still here\n\n'), heartbeatEvery);
  request.on('close', () => {
    clearInterval(looking);
    clearInterval(beating);
    state.changes.off('phone', changed);
  });
}
