// The rooms inside the agent.
import { FOUNDATION, STORES, type Room } from '../shared/rooms/room.ts'

const insideAgent = (folder: string, mayImport: readonly string[]): Room => ({
  folder: `agent/${folder}`,
  kind: 'client',
  mayImport: [...FOUNDATION, 'shared/trace', ...mayImport],
  testsMayImport: ['shared/testing'],
  banned: STORES,
})

/** The folders that have a law of their own; each may use those before it. */
export const AGENT = ['agent/graph', 'agent/mcp', 'agent/assistant', 'agent/gamemaster']

/** Their entries in the list of rooms. */
export const agentRooms: readonly Room[] = [
  insideAgent('graph', []),
  insideAgent('mcp', ['agent/graph']),
  insideAgent('assistant', ['agent/graph', 'agent/mcp']),
  insideAgent('gamemaster', ['agent/graph', 'agent/mcp', 'agent/assistant']),
  {
    ...insideAgent('discord', ['agent/graph', 'shared/serve']),
    exceptions: [{ of: ['agent/discord/main.ts'], mayImport: ['agent/settings.ts'], because: 'it starts a process' }],
  },
  {
    ...insideAgent('mcp-stdio', ['agent/graph', 'agent/mcp']),
    exceptions: [{ of: ['agent/mcp-stdio/main.ts'], mayImport: ['agent/settings.ts'], because: 'it starts a process' }],
  },
]
