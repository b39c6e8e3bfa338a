/** The colours of the canvas, light and dark. Those of the groups keep apart for eyes that do not tell red from green. */

export interface Palette {
  readonly ground: string;
  readonly text: string;
  readonly quiet: string;
  readonly accent: string;
  readonly edge: string;
  readonly offered: string;
  readonly alleged: string;
  readonly disputed: string;
  readonly speech: string;
  readonly groups: Readonly<Record<Group, string>>;
  /** The letter in a node. */
  readonly letter: string;
}

export type Group =
  | 'person'
  | 'organization'
  | 'unnamed'
  | 'instrument'
  | 'place'
  | 'position'
  | 'people'
  | 'event'
  | 'source';

export const LIGHT: Palette = {
  ground: '#faf9f6',
  text: '#22262c',
  quiet: '#646b75',
  accent: '#0b5fd0',
  edge: '#7d8794',
  offered: '#b06f00',
  alleged: '#a8397e',
  disputed: '#c2321d',
  speech: '#9aa3ae',
  groups: {
    person: '#2f6fb7',
    organization: '#c5532c',
    unnamed: '#5b8fc4',
    instrument: '#8d3f8f',
    place: '#13795b',
    position: '#5d5aa8',
    people: '#7d7a1e',
    event: '#b97f10',
    source: '#6a727d',
  },
  letter: '#ffffff',
};

export const DARK: Palette = {
  ground: '#14171c',
  text: '#e8eaed',
  quiet: '#9aa2ad',
  accent: '#74b0ff',
  edge: '#6f7986',
  offered: '#e0a23a',
  alleged: '#e583bf',
  disputed: '#ff7a63',
  speech: '#535c68',
  groups: {
    person: '#6aa8ec',
    organization: '#f08a5f',
    unnamed: '#93bfe8',
    instrument: '#cf8bd1',
    place: '#4cc39a',
    position: '#a5a2ec',
    people: '#c7c35a',
    event: '#e9b949',
    source: '#a3abb6',
  },
  letter: '#14171c',
};
