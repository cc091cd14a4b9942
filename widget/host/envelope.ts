/** The one shape of every message between the widget and what is around it. */
export type Envelope = {
  readonly hecto: 1;
  /** Counts up for each direction, so that a repeated message is recognised. */
  readonly seq: number;
  readonly type: string;
  readonly detail: unknown;
};

/** Reads a message as an envelope; `undefined` for anything else, which is then dropped silently (S30). */
export function readEnvelope(data: unknown): Envelope | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const own = (key: string): unknown => (Object.hasOwn(data, key) ? Reflect.get(data, key) : undefined);
  const [seq, type] = [own('seq'), own('type')];
  if (own('hecto') !== 1 || typeof seq !== 'number' || typeof type !== 'string') return undefined;
  return { hecto: 1, seq, type, detail: own('detail') };
}

/**
 * Speaks over one end of a channel. Calls `receive` for every new envelope; repeated and foreign messages are
 * dropped. Returns the way to send.
 */
export function openLine(
  port: MessagePort,
  receive: (type: string, detail: unknown) => void,
): (type: string, detail: unknown) => void {
  let sent = 0;
  let received = 0;
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const envelope = readEnvelope(data);
    if (!envelope || envelope.seq <= received) return;
    received = envelope.seq;
    receive(envelope.type, envelope.detail);
  };
  return (type, detail) => {
    port.postMessage({ hecto: 1, seq: ++sent, type, detail } satisfies Envelope);
  };
}
