// Left, the room; right, what it may import beside itself and packages. A room inside a room has its own line.
// The rule is enforced by eslint.config.js; the drawing is in docs/architecture.md.
export const rooms = {
  'shared/contract': ['shared/world'],
  'shared/world': [],
  shared: ['shared/contract', 'shared/world'],
  'ingest/simulator': ['shared/contract', 'shared/world'],
  ingest: ['shared', 'shared/contract', 'shared/world'],
  'subgraphs/telemetry': ['shared', 'shared/contract', 'shared/world'],
  'subgraphs/inventory': ['shared', 'shared/contract', 'shared/world'],
  'subgraphs/combat': ['shared', 'shared/contract', 'shared/world'],
  'subgraphs/guild': ['shared', 'shared/contract', 'shared/world'],
  gateway: [
    'shared/config.ts',
    'shared/log.ts',
    'shared/errors.ts',
    'shared/auth',
    'shared/serve',
    'shared/trace',
    'shared/world',
  ],
  agent: [
    'shared/config.ts',
    'shared/log.ts',
    'shared/errors.ts',
    'shared/auth',
    'shared/serve',
    'shared/trace',
    'shared/world',
  ],
  web: ['shared/world'],
}
