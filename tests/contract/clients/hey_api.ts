// hey-api: one function for each operation.
import { TEXT, TOKEN, UNIT, URL, check, present } from './check.js';
import { changeTeam, createTeam, submitTip, listTeams, transitionTeam, readTipStatus } from './generated/hey_api/index.js';
import { client } from './generated/hey_api/client.gen.js';

client.setConfig({ baseUrl: URL, auth: () => TOKEN });

async function teams(): Promise<void> {
  const list = present((await listTeams({ query: { unit: UNIT, limit: 5 } })).data, 'list');
  check(Array.isArray(list.items), 'a list of teams');
  console.log('listed');

  const created = await createTeam({
    headers: { 'Idempotency-Key': crypto.randomUUID() },
    body: { kind: 'patrol_group', unit: UNIT, name: 'Tổ tuần tra' },
  });
  const team = present(created.data, 'the created team');
  const tag = present(created.response?.headers.get('etag'), 'its ETag');
  console.log('created');

  const path = { id: team.id };
  const stale = await changeTeam({ path, headers: { 'If-Match': '"99-0123456789abcdef"' }, body: { name: 'Tổ khác' } });
  check(stale.response?.status === 412 && stale.error?.code === 'stale', 'refused with 412');
  console.log('refused a stale version with 412');

  const changed = await changeTeam({ path, headers: { 'If-Match': tag }, body: { counted_size: 5 } });
  check(changed.data?.counted_size === 5, 'changed');
  console.log('changed');

  const next = present(changed.response?.headers.get('etag'), 'the next ETag');
  const moved = await transitionTeam({ path, headers: { 'If-Match': next }, body: { action: 'establish' } });
  check(moved.data?.state === 'established', 'established');
  console.log('transitioned');
}

async function tip(): Promise<void> {
  const created = await submitTip({ body: { text: TEXT, unit_code: UNIT } });
  const receipt = present(created.data, 'the receipt').receipt;
  console.log('handed in a tip');
  const status = await readTipStatus({ body: { receipt } });
  check(status.data?.text === TEXT, 'the tip of the receipt');
  console.log('followed it by its receipt');
}

await teams();
await tip();
