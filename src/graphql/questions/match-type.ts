import { endRef } from '../entities.ts';
import { entityTypeEnum } from '../enums.ts';
import { externalIdInput } from '../kind-filters.ts';
import type { Input, Output, Registry } from '../registry.ts';
import { scalar } from '../scalars.ts';

/** What `match` takes and answers. */

export const candidateInput = (registry: Registry): Input =>
  registry.input('MatchCandidate', 'What another data set knows of something that may be in the graph.', () => ({
    type: { type: entityTypeEnum(registry), description: 'Only things of this type.' },
    name: { type: 'String', description: 'What it is called.', required: true },
    aliases: { type: ['String'], description: 'What else it is called, at most 20.' },
    country: {
      type: 'String',
      description: 'The country that it belongs to: a name, or an ISO 3166 code of two or three letters.',
    },
    birthDate: { type: scalar('PartialDate'), description: 'When it was born, as precisely as is known.' },
    externalIds: {
      type: [externalIdInput(registry)],
      description: 'What it is called in other data sets, at most 20. One that both have decides.',
    },
  }));

export const matchResultType = (registry: Registry): Output =>
  registry.object('reader', 'MatchResult', 'What a candidate may be.', () => ({
    index: { type: scalar('Int'), nullable: false, description: 'The candidate’s place in the list, from 0.' },
    matches: {
      type: [matchType(registry)],
      nullable: false,
      description: 'What it may be, the likeliest first; empty where nothing reaches the threshold.',
    },
  }));

const matchType = (registry: Registry): Output =>
  registry.object('reader', 'Match', 'An entity that a candidate may be.', () => ({
    entity: { type: endRef(registry, 'Entity'), nullable: false, description: 'The entity.' },
    score: {
      type: scalar('Float'),
      nullable: false,
      description: 'How likely they are one, from 0 to 1. Names alone never give more than 0.9.',
    },
    reasons: {
      type: [reasonType(registry)],
      nullable: false,
      description: 'What the score is made of: a feature that only one of them has is not in it.',
    },
  }));

const reasonType = (registry: Registry): Output =>
  registry.object('reader', 'MatchReason', 'What one feature says about whether two are one.', () => ({
    feature: {
      type: scalar('String'),
      nullable: false,
      description: 'name, alias, birthDate, country or externalId.',
    },
    score: { type: scalar('Float'), nullable: false, description: 'From 0, against, to 1, for.' },
    weight: { type: scalar('Float'), nullable: false, description: 'How much it counts beside the others.' },
    text: { type: scalar('String'), nullable: false, description: 'The reason in words.' },
  }));
