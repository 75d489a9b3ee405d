import type { Log } from '../shared/log.ts'
import { answerQuestions } from './assistant/answering.ts'
import { builtinDriver } from './assistant/builtin/builtin.ts'
import { openGraphClient } from './graph/client.ts'
import { tools } from './mcp/tools/tools.ts'

export interface AgentOptions {
  /** Addresses of `/graphql`. */
  urls: readonly string[]
  /** A token with the scope `agent`. */
  token: string
  log: Log
}

export interface Agent extends AsyncDisposable {
  /** What it still waits for; null when it hears questions. */
  waitsFor(): string | null
}

/** The assistant: a client of the graph that hears questions and answers them. */
export function startAgent({ urls, token, log }: AgentOptions): Agent {
  const graph = openGraphClient({ urls, token, log })
  const answering = answerQuestions({ graph, tools, driver: builtinDriver(), log })
  return {
    waitsFor: () => (graph.connected() ? null : 'the graph'),
    async [Symbol.asyncDispose]() {
      await answering[Symbol.asyncDispose]()
      await graph[Symbol.asyncDispose]()
    },
  }
}
