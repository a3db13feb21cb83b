/**
 * The rows of the catalogue that an annotation can raise. They stand apart from the rest because `spandrel/decorators` has these
 * and no others: each sentence is weight in the bundle of everyone who annotates.
 */
import type { FaultRow } from './fault-row.js';

const declaration = (what: string, consequence: string, remedy: string): FaultRow =>
  Object.freeze({ kind: 'declaration', what, consequence, remedy });

export const declarationRows = Object.freeze({
  SPANDREL_BARE_DECORATOR: declaration(
    '@{annotation} was written without parentheses',
    'the decorator would be handed the class or method as its options',
    'write @{annotation}(…)',
  ),
  SPANDREL_UNKNOWN_DIALECT: declaration(
    '@{annotation} was called with neither the arguments of TypeScript’s experimentalDecorators nor of standard decorators',
    'there is no class or method to remember it for',
    'apply it as a decorator, compiled by TypeScript 5.4 or newer, esbuild, swc or Babel (2023-11)',
  ),
  SPANDREL_NO_METADATA: declaration(
    'the compiler gave @{annotation} no metadata object (context.metadata)',
    'the record could not be found again from the class',
    'compile with decorator metadata (TypeScript 5.2 or newer, esbuild, Babel 2023-11) and import spandrel before the annotated class',
  ),
  SPANDREL_WRONG_PLACE: declaration(
    '@{annotation} stands on {place}',
    'it could never be called as annotated',
    'put it on {allowed}',
  ),
  SPANDREL_GAUGE_PARAMETERS: declaration(
    '@Gauged stands on a method with parameters',
    'a collection has no arguments to give it',
    'put it on a getter, or on a method without parameters',
  ),
  SPANDREL_TWICE: declaration(
    '@{annotation} is declared more than once{detail}',
    'only one of the two could hold',
    'keep one of them',
  ),
  SPANDREL_CONTRADICTION: declaration(
    '@{annotation} contradicts @{other} on the same element',
    'both cannot be honoured',
    'remove one of them',
  ),
  SPANDREL_OPTIONS_CONTRADICT: declaration(
    '{annotation} was given {option} together with {other}',
    'only one of the two could hold: {reason}',
    'leave one of them out',
  ),
  SPANDREL_ONE_NAME: declaration(
    '@Traced gives the one name {name} to {count} methods of the class',
    'their spans could not be told apart',
    'give the class a prefix in place of the name, include one method only, or name the methods each',
  ),
  SPANDREL_LEGACY_PRIVATE: declaration(
    '@{annotation} stands on {key}, a #private member, under TypeScript’s experimentalDecorators',
    'that dialect can neither hand over the member nor replace it',
    'write it as TypeScript’s “private {plain}”, or compile with standard decorators',
  ),
  SPANDREL_UNKNOWN_OPTION: declaration(
    '{annotation} was given an unknown option {option}',
    'it would be ignored silently',
    'use one of: {allowed}',
  ),
  SPANDREL_BAD_OPTION: declaration(
    '{annotation} was given {option} = {value}',
    'it has no meaning there',
    'give {allowed}',
  ),
  SPANDREL_OPTION_NOT_BUILT: declaration(
    '{annotation} was given {option}, which this version does not have yet',
    'it would be ignored silently',
    'leave {option} out',
  ),
  SPANDREL_METRIC_NAME: declaration(
    '@{annotation} was given the metric name {value}',
    'OpenTelemetry would refuse the instrument',
    'start with a letter, then letters, digits, “_”, “.”, “-” or “/”, 255 characters at most',
  ),
  SPANDREL_METRIC_REDEFINED: declaration(
    'the metric {name} is defined as {here}, but {elsewhere} defines it as {other}',
    'one series would mix two meanings',
    'give both the same kind, unit, description and buckets, or another name',
  ),
  SPANDREL_NAMELESS: declaration('{subject} has no name', 'its spans could not be told apart', 'name it: {remedy}'),
});

export type DeclarationCode = keyof typeof declarationRows;
