/** Preloaded into every server: tells the processor time it has used and how large its heap is. */
process.on('message', (question) => {
  if (question === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  }
  if (question === 'heap') {
    // What the first one lets go of may hold something itself.
    globalThis.gc?.();
    globalThis.gc?.();
    process.send?.(process.memoryUsage().heapUsed);
  }
});
// Nobody should stay for being asked, nor when nobody is left to ask.
process.channel?.unref();
process.on('disconnect', () => process.exit());
