import type { Log } from '../shared/log.ts'
import { answerQuestions } from './assistant/answering.ts'
import type { ModelSettings } from './assistant/models/model-settings.ts'
import { driverOf } from './assistant/models/models.ts'
import { webTool } from './assistant/web/web-tool.ts'
import { gameMasterDriver } from './gamemaster/driver.ts'
import { narrateTurns } from './gamemaster/narrating.ts'
import { openGraphClient } from './graph/client.ts'
import { tools } from './mcp/tools/tools.ts'

export interface AgentOptions {
  /** Addresses of `/graphql`. */
  urls: readonly string[]
  /** A token with the scope `agent`. */
  token: string
  /** What answers. */
  model: ModelSettings & { longestMs: number }
  /** Hosts of which the assistant may read pages; none for no such tool. */
  webHosts: readonly string[]
  log: Log
}

export interface Agent extends AsyncDisposable {
  /** What it still waits for; null when it hears questions. */
  waitsFor(): string | null
}

/**
 * The assistant and the game master: clients of the graph that receive questions and turns, and answer them. Throws
 * when a setting is missing.
 */
export async function startAgent({ urls, token, model, webHosts, log }: AgentOptions): Promise<Agent> {
  const driver = await driverOf(model, log, urls[0]!)
  const gameMaster = await gameMasterDriver(model, log, urls[0]!)
  const graph = openGraphClient({ urls, token, log })
  const answering = answerQuestions({
    graph,
    tools: webHosts.length ? [...tools, webTool(webHosts)] : tools,
    driver,
    log,
    longestMs: model.longestMs,
  })
  const narrating = narrateTurns({ graph, driver: gameMaster, log, longestMs: model.longestMs })
  return {
    waitsFor: () => (graph.connected() ? null : 'the graph'),
    async [Symbol.asyncDispose]() {
      await answering[Symbol.asyncDispose]()
      await narrating[Symbol.asyncDispose]()
      await graph[Symbol.asyncDispose]()
    },
  }
}
