import type { LaidOut, LayOut } from './messages.ts';

/** The worker that lays graphs out, one run at a time: a new one ends the one before. */

export interface Layout {
  /** @param onPlaces called for every part of the way, and once more with `isDone` */
  start(task: Omit<LayOut, 'run'>, onPlaces: (places: Float64Array, isDone: boolean) => void): void;
  stop(): void;
}

export function createLayout(): Layout {
  let run = 0;
  let worker: Worker | null = null;
  const stop = (): void => {
    worker?.terminate();
    worker = null;
  };
  return {
    stop,
    start(task, onPlaces) {
      stop();
      const mine = ++run;
      worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<LaidOut>) => {
        if (data.run !== run) return;
        if (data.isDone) stop();
        onPlaces(data.places, data.isDone);
      };
      worker.onerror = () => stop();
      worker.postMessage({ ...task, run: mine } satisfies LayOut);
    },
  };
}
