// Left, the room; right, what it may import beside itself and packages. A room inside a room has its own line.
// The rule is enforced by eslint.config.js; the drawing is in docs/architecture.md.
const all = ['shared', 'shared/contract', 'shared/world']
/** What those may use who know neither the wire nor the database. */
const outside = [
  'shared/config.ts',
  'shared/log.ts',
  'shared/errors.ts',
  'shared/access',
  'shared/auth',
  'shared/serve',
  'shared/trace',
  'shared/world',
]

export const rooms = {
  'shared/contract': ['shared/world'],
  'shared/world': [],
  shared: ['shared/contract', 'shared/world'],
  'ingest/simulator': ['shared/contract', 'shared/world'],
  ingest: all,
  'subgraphs/telemetry': all,
  'subgraphs/inventory': all,
  'subgraphs/combat': all,
  'subgraphs/guild': all,
  gateway: outside,
  agent: outside,
  web: ['shared/world'],
}
