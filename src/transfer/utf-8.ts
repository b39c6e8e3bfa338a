/** Bytes as text, and whether they are text; what is none is shown with signs in the place of what cannot be read. */
export function decode(bytes: Uint8Array): { readonly text: string; readonly isText: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isText: true };
  } catch {
    return { text: new TextDecoder('utf-8').decode(bytes), isText: false };
  }
}
