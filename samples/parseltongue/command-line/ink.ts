// Headings and alarms, in colour where the terminal has it and nobody objects (NO_COLOR, FORCE_COLOR).

export interface Ink {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly alarm: (text: string) => string;
}

export function inkFor(isTerminal: boolean, environment: NodeJS.ProcessEnv): Ink {
  const forced = environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0' && environment.FORCE_COLOR !== 'false';
  const coloured = forced || (isTerminal && !environment.NO_COLOR);
  const ink =
    (code: number) =>
    (text: string): string =>
      coloured ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { strong: ink(1), quiet: ink(2), alarm: ink(31) };
}
