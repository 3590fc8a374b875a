// The service's API. A token, where one is asked for, is kept for the life of the tab and sent as a header: never in an address.

const key = 'detector-token';
let asking = null;

function headers(more) {
  const token = sessionStorage.getItem(key);
  return token ? { ...more, Authorization: `Bearer ${token}` } : { ...more };
}

function ask(wrong) {
  asking ??= new Promise(resolve => {
    const dialog = document.getElementById('token-dialog');
    const field = document.getElementById('token');
    document.getElementById('token-wrong').hidden = !wrong;
    dialog.oncancel = event => event.preventDefault();
    dialog.onclose = () => {
      sessionStorage.setItem(key, field.value.trim());
      field.value = '';
      asking = null;
      resolve();
    };
    dialog.showModal();
  });
  return asking;
}

/** Sends a request, asking for the token when it is missing or wrong. */
export async function send(path, options = {}) {
  while (true) {
    const response = await fetch(path, { ...options, headers: headers(options.headers), credentials: 'omit', cache: 'no-store' });
    if (response.status !== 401) return response;
    await ask(sessionStorage.getItem(key) !== null);
  }
}

async function answer(response) {
  if (response.ok) return response.status === 204 ? null : response.json();
  let sentence = `The service answers ${response.status}.`;
  try {
    sentence = (await response.json()).error ?? sentence;
  } catch {
    // Not every refusal is in JSON.
  }
  throw new Error(sentence);
}

export const get = async path => answer(await send(path));

export const post = async (path, body) =>
  answer(await send(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }));

export const remove = async path => answer(await send(path, { method: 'DELETE', headers: { 'Content-Type': 'application/json' } }));

export const query = values => new URLSearchParams(values).toString();
