/** A `#private` method with annotations: the standard dialect can. */
import { Counted, call, Traced } from 'spandrel';

export class Vault {
  @Traced({ name: 'vault.unlock', attributes: { digits: call.arg(0, 'length') } })
  @Counted('vault.unlocked')
  #unlock(code: string): boolean {
    return code === '1234';
  }

  @Traced()
  open(code: string): boolean {
    return this.#unlock(code);
  }
}
