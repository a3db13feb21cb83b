/**
 * A service that hands out what the `openai` client gives, against a scripted server. It remembers what it gave.
 */
import OpenAI from 'openai';
import type { ScriptedServer } from './scripted-server.js';
import type { Mark } from './twice.js';

const asked = { model: 'small', messages: [{ role: 'user' as const, content: 'hello' }] };

// Types follow from the methods, which are what the client says it gives.
export const modelService = (server: ScriptedServer, mark: Mark) => {
  const client = new OpenAI({ apiKey: 'none', baseURL: server.url, maxRetries: 2, timeout: 10_000, logLevel: 'off' });
  class Model {
    readonly client = client;
    given: unknown;

    @mark
    ask(options?: OpenAI.RequestOptions) {
      const promise = client.chat.completions.create(asked, options);
      this.given = promise;
      return promise;
    }

    @mark
    stream(options?: OpenAI.RequestOptions) {
      return client.chat.completions.create({ ...asked, stream: true }, options);
    }

    @mark
    parse() {
      return client.chat.completions.parse(asked);
    }

    @mark
    files() {
      const promise = client.files.list();
      this.given = promise;
      return promise;
    }

    @mark
    async answer(): Promise<string | null | undefined> {
      const { choices } = await this.ask();
      return choices[0]?.message.content;
    }

    @mark
    async *words(): AsyncGenerator<string> {
      for await (const { choices } of await this.stream()) yield choices[0]?.delta.content ?? '';
    }

    @mark
    run() {
      return client.chat.completions.stream(asked);
    }
  }
  return new Model();
};

export type Model = ReturnType<typeof modelService>;

export const completion = (content: string): unknown => ({
  id: 'c1',
  object: 'chat.completion',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
});

export const chunk = (content: string, finish: string | null = null): unknown => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 0,
  model: 'small',
  choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: finish }],
});
