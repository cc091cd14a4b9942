/** A dialog that is open over the page. */
export type Modal = {
  /** Where a surface draws itself. */
  readonly dialog: HTMLDialogElement;
  /** Closes it; the focus goes back to where it was. Resolves once the browser's history is as before. */
  close(): Promise<void>;
  /** Takes it away at once: the element has left the page. */
  remove(): void;
};

/**
 * Opens a modal dialog in `root`. The browser keeps the focus inside and the page behind inert. Esc and the back
 * button call `leave`, which may ask first; for the back button there is an entry of our own in the history.
 */
export function openModal(root: ShadowRoot, label: string, leave: () => void): Modal {
  const dialog = document.createElement('dialog');
  dialog.ariaLabel = label;
  dialog.part.add('dialog');
  const mark = Math.random();
  const isOurs = () => (history.state as { hecto?: number } | null)?.hecto === mark;
  // What the page keeps in its entry stays there: a router that looks at ours finds itself where it was.
  const guard = () => history.pushState({ ...(history.state as object | null), hecto: mark }, '');
  const back = () => {
    if (isOurs()) return;
    guard();
    leave();
  };
  dialog.oncancel = (event) => {
    event.preventDefault();
    leave();
  };
  // A browser that was kept from closing once closes without asking the second time.
  dialog.onclose = () => {
    dialog.showModal();
    leave();
  };
  const remove = () => {
    removeEventListener('popstate', back);
    dialog.onclose = null;
    dialog.close();
    dialog.remove();
  };
  root.append(dialog);
  dialog.showModal();
  guard();
  addEventListener('popstate', back);
  return {
    dialog,
    remove,
    close: () =>
      new Promise((resolve) => {
        remove();
        // Where the page has gone on by itself, going back would undo that.
        if (isOurs()) {
          addEventListener('popstate', () => resolve(), { once: true });
          history.back();
        } else resolve();
      }),
  };
}
