/**
 * A promise class of a client library, as those of OpenAI and Anthropic are made: `await` parses the body,
 * `asResponse()` gives the response with its body unread, `withResponse()` gives both.
 */
import { endedBefore, judged, shown, spanTrouble, wrong } from '../verdict.mjs';

const section = 'Promises with methods of their own';

class ClientPromise extends Promise {
  parses = 0;
  #response;
  #parsed;

  constructor(response) {
    // As the clients do: it is a Promise by its class; what it is worth comes from `then`.
    super((resolve) => resolve(null));
    this.#response = response;
  }

  asResponse() {
    return this.#response;
  }

  async withResponse() {
    const [data, response] = await Promise.all([this.#parse(), this.asResponse()]);
    return { data, response };
  }

  // biome-ignore lint/suspicious/noThenProperty: the client's own
  then(fulfilled, rejected) {
    return this.#parse().then(fulfilled, rejected);
  }

  catch(rejected) {
    return this.#parse().catch(rejected);
  }

  finally(settled) {
    return this.#parse().finally(settled);
  }

  #parse() {
    this.#parsed ??= this.#response.then((response) => {
      this.parses += 1;
      return `parsed ${response}`;
    });
    return this.#parsed;
  }
}

function called(world, { Returns }) {
  const made = new ClientPromise(
    new Promise((resolve) => {
      setTimeout(() => {
        world.note('response came');
        resolve('response');
      }, 10);
    }),
  );
  return { made, given: new Returns().give(() => made) };
}

export const cases = [
  {
    id: 'client-promise-methods',
    section,
    row: 'What comes back still has `withResponse()`, and `await` gives the parsed body',
    subject: 'returns',
    async run(world, subject) {
      const { given } = called(world, subject);
      const lost = typeof given.withResponse !== 'function';
      const both = lost ? undefined : await given.withResponse();
      const value = await given;
      return judged(
        'both work',
        wrong(lost, `${shown(given)}: \`withResponse\` lost`),
        wrong(both?.data !== 'parsed response', `\`withResponse()\` gives ${shown(both?.data)}`),
        wrong(value !== 'parsed response', `\`await\` gives ${shown(value)}`),
      );
    },
  },
  {
    id: 'client-promise-unread',
    section,
    row: 'The body is read by the caller’s use alone: never for `asResponse()`',
    subject: 'returns',
    async run(world, subject) {
      const { made, given } = called(world, subject);
      if (typeof given.asResponse === 'function') await given.asResponse();
      await world.rest();
      return judged(
        'stays unread',
        wrong(made.parses > 0, 'body read by the tracer'),
        wrong(typeof given.asResponse !== 'function', '`asResponse` lost'),
      );
    },
  },
  {
    id: 'client-promise-end',
    section,
    row: 'The span ends when that use has settled',
    subject: 'returns',
    async run(world, subject) {
      const { given } = called(world, subject);
      await (given.withResponse ?? (() => given)).call(given);
      await world.rest();
      return judged(
        'ends as the use settles',
        spanTrouble(world),
        wrong(endedBefore(world, 'response came'), 'ends before the response'),
      );
    },
  },
];
