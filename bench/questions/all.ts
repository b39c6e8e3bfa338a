import { filtered, union, wide } from './depth.ts';
import { hubById, hubByName, hubFiltered, hubUnordered } from './hubs.ts';
import { neighborhood, onADay, page, path, search, twoHop } from './newer.ts';
import { deepPage, deepPageByName, firstPage, interfaceRoot, lookUp } from './pages.ts';
import type { Question } from './question.ts';

/** Asked of all arms, in one world. */
export const COMPARED: readonly Question[] = [
  lookUp,
  firstPage,
  deepPage,
  deepPageByName,
  interfaceRoot,
  hubUnordered,
  hubById,
  hubByName,
  wide,
  union,
  filtered,
  hubFiltered,
  onADay,
];

/** Asked in worlds of several sizes. */
export const GROWING: readonly Question[] = [lookUp, page, twoHop, neighborhood, path, search];
