import type { ImportFormat } from './format.ts';
import { type GraphElement, GraphElements } from './graph-elements.ts';
import { type XmlReader, xmlElements } from './xml-elements.ts';

/** GEXF as it comes back from Gephi or Gephi Lite: https://gexf.net/schema.html */
export const gexf: ImportFormat = {
  name: 'gexf',
  extensions: ['gexf'],
  title: 'GEXF, from Gephi',
  ownClaims: 'whenNew',
  comparesFirst: true,
  rejects: async () => ({ extension: 'jsonl', head: '', between: '\n', tail: '\n' }),
  async *read(input) {
    const elements = new GraphElements(input.model);
    for await (const element of xmlElements(input.open(), new GexfReader())) yield elements.row(element);
  },
};

type Open = { -readonly [K in keyof GraphElement]: GraphElement[K] } & { attributes: Map<string, string> };

class GexfReader implements XmlReader<GraphElement> {
  readonly #titles = { node: new Map<string, string>(), edge: new Map<string, string>() };
  #class: 'node' | 'edge' = 'node';
  #stack: Open[] = [];
  #ready: GraphElement[] = [];

  open(name: string, attributes: Readonly<Record<string, string>>, line: number, prefix: string): void {
    const last = this.#stack.at(-1);
    if (prefix !== '') {
      if (last) last.hasLooks = true;
      return;
    }
    if (name === 'attributes') this.#class = attributes['class'] === 'edge' ? 'edge' : 'node';
    else if (name === 'attribute' && attributes['id'] !== undefined)
      this.#titles[this.#class].set(attributes['id'], attributes['title'] ?? attributes['id']);
    else if (name === 'node' || name === 'edge') {
      const { id, label, source, target, kind } = attributes;
      const own = new Map<string, string>(kind === undefined ? [] : [['kind', kind]]);
      this.#stack.push({ is: name, line, id, label, source, target, attributes: own, hasLooks: false });
    } else if (name === 'attvalue' && last) {
      // Gephi wrote `id` before 1.2.
      const key = attributes['for'] ?? attributes['id'] ?? '';
      last.attributes.set(this.#titles[last.is].get(key) ?? key, attributes['value'] ?? '');
    }
  }

  close(name: string, prefix: string): void {
    if (prefix !== '' || (name !== 'node' && name !== 'edge')) return;
    const done = this.#stack.pop();
    if (done) this.#ready.push(done);
  }

  text(): void {}

  take(): GraphElement[] {
    return this.#ready.splice(0);
  }
}
