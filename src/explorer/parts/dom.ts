/** Making elements. Whatever comes from the store becomes text, never markup: there is no other way in here. */

type Attributes = Readonly<Record<string, string | boolean | null | EventListener>>;
export type Child = Node | string | null | false | readonly Child[];

/**
 * An element with its attributes and children. `on…` are listeners; true sets an attribute without a value, false and null
 * set none.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  fill(element, children);
  return element;
}

/** Puts children in place of what an element has. */
export function fill(element: Element, children: Child): void {
  element.replaceChildren(...flat(children));
}

function flat(child: Child): (Node | string)[] {
  if (child === null || child === false) return [];
  return typeof child === 'string' || child instanceof Node ? [child] : child.flatMap(flat);
}

/** A name of the store, kept apart from the direction of the text around it. */
export const nameOf = (name: string): HTMLElement => el('bdi', {}, name);

/** An element of the page that must be there. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as T;
}

/** An address that may be followed: of the web, and nothing else. */
export function webAddress(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}
