// graphql-codegen: types of our operations, and a client of functions on graphql-request.
import { ClientError, GraphQLClient } from 'graphql-request';
import { TEXT, TIP_TOKEN, TOKEN, UNIT, URL, check, present } from './check.js';
import { getSdk } from './generated/graphql.js';

function sdk(token: string) {
  return getSdk(new GraphQLClient(`${URL}/graphql`, { headers: { authorization: `Bearer ${token}` } }));
}

async function refusal(asked: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof ClientError) return error.response.errors?.[0]?.extensions ?? {};
    throw error;
  }
  throw new Error('failed: nothing was refused');
}

async function teams(): Promise<void> {
  const api = sdk(TOKEN);
  const list = present((await api.ListTeams({ first: 5, unit: UNIT })).teams, 'list');
  check(Array.isArray(list.nodes), 'a list of teams');
  console.log('listed');

  const data = { kind: 'CORE_GROUP', unit: UNIT, name: 'Nhóm nòng cốt' } as const;
  const team = present((await api.CreateTeam({ data })).createTeam, 'the created team');
  console.log('created');

  const id = team.id;
  const refused = await refusal(api.ChangeTeam({ id, version: 99, data: { name: 'Nhóm khác' } }));
  check(refused['code'] === 'stale' && refused['status'] === 412, 'refused with 412');
  console.log('refused a stale version with 412');

  const changed = await api.ChangeTeam({ id, version: team.version, data: { name: 'Nhóm nòng cốt số 1' } });
  const { version } = present(changed.changeTeam, 'the changed team');
  check(version === team.version + 1, 'changed');
  console.log('changed');

  const moved = await api.TransitionTeam({ id, version, data: { action: 'establish' } });
  check(moved.transitionTeam?.state === 'ESTABLISHED', 'established');
  console.log('transitioned');
}

async function tip(): Promise<void> {
  const created = await sdk(TIP_TOKEN).CreateTip({ data: { text: TEXT, channel: 'IN_PERSON', unit: UNIT } });
  const receipt = present(created.createTip?.receipt, 'the receipt');
  console.log('handed in a tip');
  // informants have no token, so they are not served by GraphQL
  const body = JSON.stringify({ receipt });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${URL}/api/v1/public/tips/status`, { method: 'POST', headers, body });
  const status = (await answer.json()) as { text: string };
  check(status.text === TEXT, 'the tip of the receipt');
  console.log('followed it by its receipt');
}

await teams();
await tip();
