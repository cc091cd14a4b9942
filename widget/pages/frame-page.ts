import { mount, type Mounted } from '../app/mount.ts';
import { openLine, readEnvelope } from '../host/envelope.ts';
import { readSettings } from '../host/settings.ts';
import { pageStyles } from '../styles/page.ts';

/** What the messages of the merchant's page may hold. */
type Heard = {
  readonly id: number;
  readonly token: string;
  /** The merchant's server could not be asked for a token. */
  readonly failed: boolean;
  readonly force: boolean;
};

function connect(port: MessagePort, detail: unknown): void {
  const settings = readSettings(detail);
  let asked = 0;
  const waiting = new Map<number, (token: string | undefined | Promise<never>) => void>();
  const send = openLine(port, (type, message) => {
    if (type === 'apply') app.apply(readSettings(message));
    const { id, token, failed, force } = { ...(message as Partial<Heard> | null) };
    if (type === 'close') app.close(force === true);
    if (type === 'token' && id) waiting.get(id)?.(failed ? Promise.reject(new Error('token')) : token);
  });
  const app: Mounted = mount(
    {
      root: document,
      bffOrigin: location.origin,
      transport: 'bearer',
      clientToken: (why) =>
        new Promise((resolve) => {
          waiting.set(++asked, resolve);
          send('token-wanted', { why, id: asked });
        }),
      emit: send,
    },
    settings,
  );
  if (!settings.modal) return;
  // The keys pressed in here never reach the dialog around.
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault(); // would close the sheet that asks as soon as it is open
    app.close(false);
  });
}

/**
 * Runs the app on the frame's page, as soon as the merchant's page has handed over a channel. The page names the one
 * origin that may do so; the BFF wrote it there after checking it.
 */
export function startFramePage(): void {
  const { parentOrigin } = document.documentElement.dataset;
  document.adoptedStyleSheets.push(...pageStyles);
  if (!parentOrigin || parent === window) return;
  const greeted = ({ origin, source, data, ports: [port] }: MessageEvent<unknown>) => {
    const envelope = readEnvelope(data);
    if (source !== parent || origin !== parentOrigin || envelope?.type !== 'connect' || !port) return;
    removeEventListener('message', greeted); // one channel, once
    connect(port, envelope.detail);
  };
  addEventListener('message', greeted);
  parent.postMessage({ hecto: 1, seq: 0, type: 'hello', detail: null }, parentOrigin);
}
