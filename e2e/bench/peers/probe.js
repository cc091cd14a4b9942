/** Preloaded into every server: tells the processor time it has used and how large its heap and its memory are. */
process.on('message', (question) => {
  if (question === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  }
  if (question === 'heap' || question === 'memory') {
    // What the first one lets go of may hold something itself.
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    process.send?.(question === 'heap' ? heapUsed : { heapUsed, rss });
  }
});
// Nobody should stay for being asked, nor when nobody is left to ask.
process.channel?.unref();
process.on('disconnect', () => process.exit());
