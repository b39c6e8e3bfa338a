import { byId } from './dom.ts';

/** Telling what changed: read out by screen readers, and shown for a while where it matters to all. */

/** Read out, not shown. */
export function announce(text: string): void {
  byId('live').textContent = text;
}

let hiding: ReturnType<typeof setTimeout> | undefined;

/** Shown and read out. */
export function notice(text: string, isProblem = false): void {
  const box = byId('notice');
  box.textContent = text;
  box.hidden = false;
  box.classList.toggle('problem', isProblem);
  clearTimeout(hiding);
  hiding = setTimeout(
    () => {
      box.hidden = true;
    },
    isProblem ? 9_000 : 4_000,
  );
}
