// All server audits of graphql-http, as JSON lines: {id, name, status, reason?}.
import { serverAudits } from 'graphql-http';

for (const audit of serverAudits({ url: process.argv[2], fetchFn: fetch })) {
  const result = await audit.fn();
  const { id, name, status, reason } = result;
  console.log(JSON.stringify({ id, name, status, reason }));
  if (result.response?.body && !result.response.bodyUsed) await result.response.body.cancel();
}
