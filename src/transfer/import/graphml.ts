import type { ImportFormat } from './format.ts';
import { type GraphElement, GraphElements } from './graph-elements.ts';
import { type XmlReader, xmlElements } from './xml-elements.ts';

/** GraphML as it comes back from yEd, Cytoscape, NetworkX or igraph: http://graphml.graphdrawing.org/specification.html */
export const graphml: ImportFormat = {
  name: 'graphml',
  extensions: ['graphml'],
  title: 'GraphML, from yEd or Cytoscape',
  ownClaims: 'whenNew',
  comparesFirst: true,
  rejects: async () => ({ extension: 'jsonl', head: '', between: '\n', tail: '\n' }),
  async *read(input) {
    const elements = new GraphElements(input.model);
    for await (const element of xmlElements(input.open(), new GraphmlReader())) yield elements.row(element);
  },
};

interface Open {
  readonly is: 'node' | 'edge';
  readonly line: number;
  readonly id: string | undefined;
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly attributes: Map<string, string>;
  label: string | undefined;
  hasLooks: boolean;
}

class GraphmlReader implements XmlReader<GraphElement> {
  readonly #names = new Map<string, string>();
  readonly #stack: Open[] = [];
  readonly #ready: GraphElement[] = [];
  #key: string | null = null;
  #text = '';
  /** Whether what is read is a label that yEd draws. */
  #isLabel = false;

  open(name: string, attributes: Readonly<Record<string, string>>, line: number, prefix: string): void {
    const last = this.#stack.at(-1);
    if (prefix !== '') {
      if (last) last.hasLooks = true;
      this.#isLabel = name === 'NodeLabel' || name === 'EdgeLabel';
      if (this.#isLabel) this.#text = '';
      return;
    }
    if (name === 'key' && attributes['id'] !== undefined)
      this.#names.set(attributes['id'], attributes['attr.name'] ?? attributes['id']);
    else if (name === 'node' || name === 'edge') {
      const { id, source, target } = attributes;
      const own = new Map<string, string>();
      this.#stack.push({ is: name, line, id, source, target, label: undefined, attributes: own, hasLooks: false });
    } else if (name === 'data' && last) {
      this.#key = attributes['key'] ?? null;
      this.#text = '';
    }
  }

  close(name: string, prefix: string): void {
    const last = this.#stack.at(-1);
    if (prefix !== '') {
      if (this.#isLabel && last && this.#text.trim() !== '') last.label ??= this.#text.trim();
      this.#isLabel = false;
      this.#text = '';
    } else if (name === 'data' && last && this.#key !== null) {
      const attribute = this.#names.get(this.#key) ?? this.#key;
      if (this.#text.trim() !== '') last.attributes.set(attribute, this.#text);
      if (attribute === 'label' && this.#text !== '') last.label = this.#text;
      this.#key = null;
    } else if (name === 'node' || name === 'edge') {
      const done = this.#stack.pop();
      if (done) this.#ready.push(done);
    }
  }

  text(text: string): void {
    this.#text += text;
  }

  take(): GraphElement[] {
    return this.#ready.splice(0);
  }
}
