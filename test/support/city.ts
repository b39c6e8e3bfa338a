import type { Model } from '../../src/model/model.ts';
import { affairs } from './city/affairs.ts';
import { type CityRecord, inhabitants } from './city/inhabitants.ts';
import { tail } from './city/tail.ts';

/** The invented city as records, in the order in which one call takes them. */
export const city = (model: Model): CityRecord[] => [...inhabitants, ...affairs, ...tail(model, inhabitants)];
