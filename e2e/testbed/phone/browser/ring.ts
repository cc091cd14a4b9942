/** A soft ring, once the customer has touched the page: browsers allow no sound before. */
export class Ring {
  #context: AudioContext | undefined;
  #ringing: ReturnType<typeof setInterval> | undefined;
  silent = false;

  /** Call on a gesture. */
  unlock(): void {
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  set(on: boolean): void {
    if (on === (this.#ringing !== undefined)) return;
    clearInterval(this.#ringing);
    this.#ringing = undefined;
    if (!on) return;
    this.#chime();
    this.#ringing = setInterval(() => this.#chime(), 2200);
  }

  #chime(): void {
    const context = this.#context;
    if (!context || this.silent || context.state !== 'running') return;
    for (const [index, pitch] of [659, 784, 988, 784].entries()) {
      const from = context.currentTime + index * 0.2;
      const tone = new OscillatorNode(context, { frequency: pitch, type: 'sine' });
      const loudness = new GainNode(context, { gain: 0 });
      loudness.gain.linearRampToValueAtTime(0.05, from + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.001, from + 0.35);
      tone.connect(loudness).connect(context.destination);
      tone.start(from);
      tone.stop(from + 0.4);
    }
  }
}
