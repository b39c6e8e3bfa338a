import { isIP } from 'node:net';

/** Where a request comes from. */

/**
 * The address of the client: the other end of the socket, or, behind proxies of ours, what the outermost of them saw.
 *
 * Each proxy adds the address that it was asked from to the end of X-Forwarded-For; whatever stands before those that our
 * own proxies added was written by the client, and may be anything.
 * @param hops how many proxies of ours stand before this server
 */
export function clientAddress(socket: string | undefined, headers: Headers, hops: number): string {
  const direct = plain(socket ?? '') ?? 'unknown';
  if (hops === 0) return direct;
  const passed = (headers.get('x-forwarded-for') ?? '').split(',').map((each) => each.trim());
  // Fewer than our proxies add: it came past them.
  return plain(passed.at(-hops) ?? '') ?? direct;
}

/** An address without port, brackets and zone, IPv4 as such; undefined where it is none. */
function plain(text: string): string | undefined {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? (/^[\d.]+:\d+$/.test(text) ? text.replace(/:\d+$/, '') : text);
  const [withoutZone = ''] = bare.split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(withoutZone)?.[1] ?? withoutZone;
  return isIP(mapped) === 0 ? undefined : mapped;
}

/** What is counted as one client: an IPv4 address; of IPv6 the first 64 bits, of which everybody has all that follow. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const [before, after] = [groups(head), groups(tail)];
  const all = tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
