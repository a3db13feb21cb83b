/**
 * What is drawn on: how wide, and whether in colour. The one place of this room that is handed an environment and a
 * stream; everything else draws on the canvas it is given.
 */

export interface Canvas {
  /** Columns; no line drawn is wider. */
  readonly width: number;
  /** With SGR colour codes, or as plain text. */
  readonly colour: boolean;
}

const narrowest = 40;
const usual = 100;
/** Wider is a mistake in `COLUMNS`, not a terminal. */
const widest = 10_000;

/** The canvas that suits a stream: what is wanted, then what the terminal says, then the environment. */
export function canvasFor(
  stream: { isTTY?: boolean; columns?: number },
  environment: Record<string, string | undefined>,
  wanted: { width?: number; colour?: boolean } = {},
): Canvas {
  const width =
    columns(wanted.width) ??
    columns(stream.isTTY === true ? stream.columns : undefined) ??
    columns(Number(environment['COLUMNS'])) ??
    usual;
  return {
    width: Math.max(narrowest, width),
    colour: wanted.colour ?? colourOf(environment) ?? stream.isTTY === true,
  };
}

function columns(count: number | undefined): number | undefined {
  return count !== undefined && count >= 1 && count <= widest ? Math.floor(count) : undefined;
}

/** What the environment says of colour; nothing when it says nothing. */
function colourOf(environment: Record<string, string | undefined>): boolean | undefined {
  // https://no-color.org: any value but the empty one, and it goes before everything but the user's own setting.
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  const forced = environment['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return environment['TERM'] === 'dumb' ? false : undefined;
}
