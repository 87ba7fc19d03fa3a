// The clients that people use, against our server: each prints what it received, as one JSON line.
import { createHash } from 'node:crypto';
import { createClient as createSse } from 'graphql-sse';
import { createClient as createWs } from 'graphql-ws';
import WebSocket from 'ws';

const [url, what] = process.argv.slice(2);
const wsUrl = url.replace(/^http/, 'ws');
const query = 'subscription { heartbeat(count: 3) }';

async function iterate(client) {
  const received = [];
  for await (const result of client.iterate({ query })) received.push(result);
  await client.dispose();
  return received;
}

function closeCode(messages) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(wsUrl, 'graphql-transport-ws');
    socket.on('open', () => messages.forEach((message) => socket.send(message)));
    socket.on('close', resolve);
    socket.on('error', reject);
  });
}

async function persisted(method) {
  const text = `query Persisted${method} { __typename }`;
  const sha256Hash = createHash('sha256').update(text).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const ask = (body) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    if (method === 'POST') return fetch(url, { method, headers, body: JSON.stringify(body) });
    const given = new URLSearchParams({ extensions: JSON.stringify(body.extensions) });
    if (body.query) given.set('query', body.query);
    return fetch(`${url}?${given}`, { headers });
  };
  const answers = [];
  for (const body of [{ extensions }, { extensions, query: text }, { extensions }]) {
    answers.push(await (await ask(body)).json());
  }
  return answers.map((answer) => answer.data ?? answer.errors[0].extensions.code);
}

const init = JSON.stringify({ type: 'connection_init' });
const subscribe = JSON.stringify({ id: '1', type: 'subscribe', payload: { query } });
const runs = {
  ws: () => iterate(createWs({ url: wsUrl, webSocketImpl: WebSocket, retryAttempts: 0 })),
  sse: () => iterate(createSse({ url, retryAttempts: 0 })),
  codes: async () => ({
    beforeInit: await closeCode([subscribe]),
    initTwice: await closeCode([init, init]),
    noMessage: await closeCode(['nonsense']),
    sameId: await closeCode([init, subscribe, subscribe]),
  }),
  persistedPost: () => persisted('POST'),
  persistedGet: () => persisted('GET'),
};
console.log(JSON.stringify(await runs[what]()));
process.exit(0);
