import { byId } from './dom.ts';

/** Asking for a key, where reading needs one. */

/** Shows the dialog with the server's refusal. @returns the key; null where none is given */
export function askForKey(refusal: string): Promise<string | null> {
  const dialog = byId<HTMLDialogElement>('key-dialog');
  const input = byId<HTMLInputElement>('key');
  byId('key-refusal').textContent = refusal;
  input.value = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      'close',
      () => {
        const given = input.value.trim().replace(/^Bearer\s+/i, '');
        input.value = '';
        resolve(dialog.returnValue === 'use' && given !== '' ? given : null);
      },
      { once: true },
    );
  });
}
