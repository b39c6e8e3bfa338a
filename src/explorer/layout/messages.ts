/** What the page and the worker that lays graphs out say to each other. Nodes are numbers, in the order of their ids. */

export interface LayOut {
  readonly run: number;
  /** x and y of each node, about one unit a pixel. */
  readonly places: Float64Array;
  /** Half the width and half the height that each node takes, label included. */
  readonly extents: Float64Array;
  /** Source and target of each edge. */
  readonly edges: Uint32Array;
  readonly iterations: number;
  /** Whether most of it has not been laid out before. */
  readonly isFresh: boolean;
  /** Pixels of what it is to be seen in, without the margins. */
  readonly room: { readonly width: number; readonly height: number };
}

export interface LaidOut {
  readonly run: number;
  readonly places: Float64Array;
  readonly isDone: boolean;
}
