import { element, icon, icons } from './element.ts';

/** Copies a code. In a frame without leave to write the clipboard, the old command still works. */
export function copyButton(code: string, key: string): HTMLElement {
  const words = element('span', {}, `인증번호 ${code} 복사`);
  return element('button', { class: 'copy', key, press: () => void copy() }, icon(icons.copy), words);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      const field = element('textarea', { class: 'spoken' });
      field.value = code;
      document.body.append(field);
      field.select();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- works in frames that may not write the clipboard
      document.execCommand('copy');
      field.remove();
    }
    words.textContent = '복사했어요';
  }
}
