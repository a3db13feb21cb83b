/** The same in the legacy dialect, where the private method is one of the compiler's. */
import { Counted, call, Traced } from 'spandrel';

export class Vault {
  @Traced({ name: 'vault.unlock', attributes: { digits: call.arg(0, 'length') } })
  @Counted('vault.unlocked')
  private unlock(code: string): boolean {
    return code === '1234';
  }

  @Traced()
  open(code: string): boolean {
    return this.unlock(code);
  }
}
