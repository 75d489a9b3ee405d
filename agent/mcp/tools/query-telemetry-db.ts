import { z } from 'zod'
import { GraphFault } from '../../graph/fault.ts'
import { defineTool } from '../tool.ts'
import { McpQueryTelemetryDbDocument } from './query-telemetry-db.query.gen.ts'

export const queryTelemetryDb = defineTool({
  name: 'query_telemetry_db',
  title: 'Read-only SQL',
  description:
    'Rows of one Postgres SELECT, for questions that no other tool answers. Views: characters, telemetry, ' +
    'telemetry_spans, ' +
    'vitals, vitals_spans (history; filter by received_at or since), rares, alerts, deaths, sessions, hourly_totals, ' +
    'fights, ' +
    'fight_monsters, combat_lifetime, quests, items, portals, spawns, chat, game_servers, game_server_history. ' +
    'All name the column `character`. SELECT * … LIMIT 1 shows columns.',
  input: {
    statement: z.string().min(1).max(10_000),
    limit: z.int().min(1).max(1_000).default(100),
  },
  // Its fields are the columns of the statement.
  row: {},
  async run({ statement, limit }, { graph, signal }) {
    const { queryTelemetry } = await graph.ask(McpQueryTelemetryDbDocument, { statement, first: limit }, signal)
    if (!queryTelemetry) throw new GraphFault('No answer.', 'NOT_READY', null)
    const names = uniqueNames(queryTelemetry.columns.map(({ name }) => name))
    return {
      rows: (queryTelemetry.rows as unknown[][]).map((values) =>
        Object.fromEntries(values.map((value, n) => [names[n]!, value])),
      ) as Record<string, never>[],
      total: null,
      truncated: queryTelemetry.truncated,
    }
  },
})

/** Columns of one name become `name`, `name_2`, … */
function uniqueNames(names: readonly string[]): string[] {
  const given: string[] = []
  for (const name of names) {
    let unique = name
    for (let n = 2; given.includes(unique); n++) unique = `${name}_${n}`
    given.push(unique)
  }
  return given
}
