import { DARK, LIGHT, type Palette } from '../drawing/palette.ts';
import { byId } from './dom.ts';

/** Light and dark: as the system has it, until somebody chooses. */

const CHOSEN = 'concordat.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const isDark = (): boolean =>
  (document.documentElement.dataset['theme'] ?? (dark.matches ? 'dark' : 'light')) === 'dark';

export const palette = (): Palette => (isDark() ? DARK : LIGHT);

/** @param onChange called whenever light becomes dark or dark light */
export function theme(onChange: () => void): void {
  const chosen = localStorage.getItem(CHOSEN);
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset['theme'] = chosen;
  const button = byId('theme');
  const tell = (): void => {
    button.setAttribute('aria-label', isDark() ? 'Light colours' : 'Dark colours');
    button.title = button.getAttribute('aria-label') ?? '';
    onChange();
  };
  button.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = next;
    localStorage.setItem(CHOSEN, next);
    tell();
  });
  dark.addEventListener('change', tell);
  tell();
}
