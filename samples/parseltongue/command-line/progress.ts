// How far the analysis is, in words: files done, how many a second, and the time left if it goes on like this.

export class Progress {
  readonly #began = performance.now();

  describe({ done, total, project }: { readonly done: number; readonly total: number; readonly project: string }): string {
    const seconds = (performance.now() - this.#began) / 1000;
    const rate = done / Math.max(seconds, 0.001);
    const left = (total - done) / Math.max(rate, 0.001);
    const width = total.toLocaleString('en').length;
    const files = `${done.toLocaleString('en').padStart(width)} of ${total.toLocaleString('en')} files`;
    const percent = `${Math.floor((100 * done) / total)} %`.padStart(5);
    const speed = `${Math.round(rate).toLocaleString('en').padStart(5)} files/s`;
    const rest = (done === total ? `in ${seconds.toFixed(1)} s` : timeLeft(left)).padEnd(11);
    return `${files} ${percent}   ${speed}   ${rest}   ${project}`;
  }
}

function timeLeft(seconds: number): string {
  if (seconds < 0.5) return 'almost done';
  if (seconds < 90) return `${Math.ceil(seconds)} s left`;
  return `${Math.ceil(seconds / 60)} min left`;
}
