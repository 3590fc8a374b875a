// Server-sent events over fetch, since EventSource cannot send a token. Connects again, with growing pauses, until it is closed.

import { send } from './api.js';

/** Follows the events of a series, or of none. handlers: by the name of the event, and "link" with true or false. */
export function follow(query, handlers) {
  const stop = new AbortController();
  run(query, handlers, stop.signal);
  return () => stop.abort();
}

async function run(query, handlers, signal) {
  let pause = 500;
  while (!signal.aborted) {
    try {
      const response = await send(`/api/v1/events?${query}`, { signal });
      if (!response.ok) throw new Error(String(response.status));
      handlers.link(true);
      pause = 500;
      await read(response.body, handlers);
    } catch {
      // Whatever it was, the service is asked again.
    }
    if (signal.aborted) return;
    handlers.link(false);
    await new Promise(resolve => setTimeout(resolve, pause));
    pause = Math.min(2 * pause, 15000);
  }
}

async function read(body, handlers) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let held = '';
  while (true) {
    const { value, done } = await reader.read();
    if (done) return;
    held += value;
    let end;
    while ((end = held.indexOf('\n\n')) >= 0) {
      take(held.slice(0, end), handlers);
      held = held.slice(end + 2);
    }
  }
}

function take(block, handlers) {
  let name = 'message';
  let text = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) name = line.slice(7);
    else if (line.startsWith('data: ')) text += line.slice(6);
  }
  if (text) handlers[name]?.(JSON.parse(text));
}
