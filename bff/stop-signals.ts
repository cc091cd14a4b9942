/**
 * Ends the process on SIGTERM and SIGINT. Before `begin` there is nothing to finish. Afterwards the app is closed
 * first: 0 when everything was finished, 1 when something was left. Whoever asks twice does not want to wait.
 */
export function obeyStopSignals(giveUp: (error: unknown) => void) {
  let stop = (): void => process.exit(0);
  process.on('SIGTERM', () => stop());
  process.on('SIGINT', () => stop());

  return {
    begin(app: { close(): Promise<boolean> }): void {
      stop = () => {
        stop = () => process.exit(1);
        app.close().then((clean) => process.exit(clean ? 0 : 1), giveUp);
      };
    },
  };
}
