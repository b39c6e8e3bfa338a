import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process for good: its number, and when it began, since numbers are given out again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque: the boot and the tick of its start on Linux, the start time elsewhere. Only to be compared. */
  readonly began: string;
}

/** Who has this process number now; undefined when nobody has, or only a dead process not yet reaped. */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  const began = process.platform === 'linux' ? beganOnLinux(pid) : beganElsewhere(pid);
  return began === undefined ? undefined : { pid, began };
}

/** Whether that very process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.began === identity.began;
}

/** Sends a signal to that very process; never to another that got its number. */
export function sendSignal(identity: ProcessIdentity, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Asks the process to end, waits, and after `graceMs` ends it. Returns whether it ended when asked. */
export async function stopProcess(identity: ProcessIdentity, graceMs: number): Promise<boolean> {
  sendSignal(identity, 'SIGTERM');
  if (await ends(identity, graceMs)) return true;
  sendSignal(identity, 'SIGKILL');
  await ends(identity, 5_000);
  return false;
}

async function ends(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(25)) {
    if (!isRunning(identity)) return true;
  }
  return !isRunning(identity);
}

/** proc_pid_stat(5): the command may hold spaces and parentheses, so fields count from the last parenthesis. */
function beganOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || ticks === undefined) return undefined;
    // Ticks count from boot; the same number after a restart of the machine would be another process.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return undefined;
  }
}

function beganElsewhere(pid: number): string | undefined {
  const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  // Without ps there is no telling two apart; better to take it for the one that is meant than to start a second.
  if (ps.error) return 'unknown';
  const [state, ...start] = (ps.stdout ?? '').trim().split(/\s+/);
  return !state || state.startsWith('Z') ? undefined : start.join(' ');
}
