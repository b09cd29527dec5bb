// openapi-typescript: types of the contract; openapi-fetch: a client that keeps to them.
import createClient from 'openapi-fetch';
import { TEXT, TOKEN, UNIT, URL, check, present } from './check.js';
import type { paths } from './generated/openapi_typescript.js';

const api = createClient<paths>({ baseUrl: URL, headers: { authorization: `Bearer ${TOKEN}` } });
const open = createClient<paths>({ baseUrl: URL });

async function teams(): Promise<void> {
  const list = present((await api.GET('/api/v1/teams', { params: { query: { unit: UNIT, limit: 5 } } })).data, 'list');
  check(Array.isArray(list.items), 'a list of teams');
  console.log('listed');

  const created = await api.POST('/api/v1/teams', {
    params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
    body: { kind: 'protection_team', unit: UNIT, name: 'Tổ bảo vệ an ninh, trật tự' },
  });
  const team = present(created.data, 'the created team');
  const tag = present(created.response.headers.get('etag'), 'its ETag');
  check(created.response.headers.get('location') === `/api/v1/teams/${team.id}`, 'its address');
  console.log('created');

  const path = { id: team.id };
  const stale = await api.PATCH('/api/v1/teams/{id}', {
    params: { path, header: { 'If-Match': '"99-0123456789abcdef"' } },
    body: { name: 'Tổ khác' },
  });
  check(stale.response.status === 412 && stale.error?.code === 'stale', 'refused with 412');
  console.log('refused a stale version with 412');

  const changed = await api.PATCH('/api/v1/teams/{id}', {
    params: { path, header: { 'If-Match': tag } },
    body: { name: 'Tổ bảo vệ an ninh, trật tự số 1' },
  });
  check(changed.data?.version === team.version + 1, 'changed');
  console.log('changed');

  const next = present(changed.response.headers.get('etag'), 'the next ETag');
  const moved = await api.POST('/api/v1/teams/{id}/transitions', {
    params: { path, header: { 'If-Match': next } },
    body: { action: 'establish' },
  });
  check(moved.data?.state === 'established', 'established');
  console.log('transitioned');
}

async function tip(): Promise<void> {
  const created = await open.POST('/api/v1/public/tips', { body: { text: TEXT, unit_code: UNIT } });
  const receipt = present(created.data, 'the receipt').receipt;
  console.log('handed in a tip');
  const status = await open.POST('/api/v1/public/tips/status', { body: { receipt } });
  check(status.data?.text === TEXT, 'the tip of the receipt');
  console.log('followed it by its receipt');
}

await teams();
await tip();
