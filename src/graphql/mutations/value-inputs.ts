import { writableNameFields } from '../../derive/records.ts';
import type { Field } from '../../model/kinds.ts';
import { closedListEnum } from '../enums.ts';
import { externalIdInput } from '../kind-filters.ts';
import type { Input, InputSpec, Registry } from '../registry.ts';
import { scalar } from '../scalars.ts';
import { wellKnown } from '../values.ts';

/** Values that have parts, as input types; references; and the input type of each kind of field. */

export const countInput = (registry: Registry): Input =>
  registry.input(
    'CountInput',
    'A number of things, by as much of it as is known; at least one part must be given.',
    () => ({
      exact: { type: 'Int', description: 'The number, where it is known.' },
      atLeast: { type: 'Int', description: 'Its lower bound.' },
      atMost: { type: 'Int', description: 'Its upper bound.' },
      text: { type: 'String', description: 'The source’s wording, such as "thousands".' },
    }),
  );

export const amountInput = (registry: Registry): Input =>
  registry.input(
    'AmountInput',
    'A sum of money, by as much of it as is known; at least one part must be given.',
    () => ({
      value: { type: 'Float', description: 'The sum, where it is known, in units of the currency.' },
      currency: { type: 'String', description: 'ISO 4217 code, such as USD.' },
      atLeast: { type: 'Float', description: 'Its lower bound.' },
      atMost: { type: 'Float', description: 'Its upper bound.' },
      text: { type: 'String', description: 'The source’s wording.' },
    }),
  );

export const quoteInput = (registry: Registry): Input =>
  registry.input('QuoteInput', 'Words as they were said.', () => ({
    text: { type: 'String', description: 'The words.', required: true },
    language: { type: 'String', description: 'BCP 47 tag of their language.' },
    translation: { type: 'String', description: 'The words in English, where they are not.' },
    elided: { type: 'Boolean', description: 'Whether something was left out between them.' },
  }));

export const nameInput = (registry: Registry): Input =>
  registry.input('NameInput', 'A name with its language, sort and time.', () =>
    Object.fromEntries(
      writableNameFields.map((field) => [
        field.name,
        { type: inputTypeOf(registry, field), description: wellKnown(field), required: field.name === 'value' },
      ]),
    ),
  );

/** How a record points at what it speaks of. */
export const refInput = (registry: Registry): Input =>
  registry.input(
    'RefInput',
    'An entity, a relationship or a claim: in the graph already, or recorded in the same call.',
    () => ({
      id: { type: 'ID', description: 'By its id.' },
      externalId: { type: externalIdInput(registry), description: 'An entity, by what another data set calls it.' },
      record: { type: 'Int', description: 'What another record of this call makes, by its place among them, from 0.' },
    }),
    true,
  );

/** The value that a claim gives: exactly one of the kinds. */
export const claimValueInput = (registry: Registry): Input =>
  registry.input(
    'ClaimValueInput',
    'A value that a claim gives a field or property, by its kind.',
    () => ({
      text: { type: 'String', description: 'A text; of a reference, the id of what it leads to.' },
      number: { type: 'Float', description: 'A number.' },
      boolean: { type: 'Boolean', description: 'True or false.' },
      date: { type: scalar('PartialDate'), description: 'A day, month or year.' },
      amount: { type: amountInput(registry), description: 'A sum of money.' },
      count: { type: countInput(registry), description: 'A number of things.' },
    }),
    true,
  );

/** The input type of a field's kind. */
export function inputTypeOf(registry: Registry, field: Field): InputSpec['type'] {
  switch (field.kind) {
    case 'text':
    case 'openList':
      return 'String';
    case 'textList':
      return ['String'];
    case 'closedList':
      return closedListEnum(registry, field.list);
    case 'boolean':
      return 'Boolean';
    case 'integer':
      return 'Int';
    case 'float':
      return 'Float';
    case 'partialDate':
      return scalar('PartialDate');
    case 'date':
      return scalar('Date');
    case 'count':
      return countInput(registry);
    case 'amount':
      return amountInput(registry);
    case 'quote':
      return quoteInput(registry);
    case 'reference':
      return refInput(registry);
    case 'dateTime':
    case 'statusOf':
      throw new Error(`${field.name}: a ${field.kind} is never part of a record`);
  }
}
