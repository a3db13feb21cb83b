/**
 * The fault of a setting, or of the process it is given in: thrown by `bootstrap()` and what checks for it, never by an annotation.
 */
import { catalogue } from './catalogue.js';
import type { DeclarationCode } from './declaration-rows.js';
import { type FaultWords, SpandrelFault } from './fault.js';

type SettingCode = Exclude<keyof typeof catalogue, DeclarationCode>;

/** The row `code` of the catalogue as an error; `where` is the setting, empty when there is none. */
export function settingFault(code: SettingCode, where: string, words: FaultWords): SpandrelFault {
  return new SpandrelFault(code, where, words, catalogue[code]);
}
