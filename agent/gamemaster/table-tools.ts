import { randomUUID } from 'node:crypto'
import type { ToolCaller } from '../mcp/in-process.ts'
import type { Log } from '../../shared/log.ts'
import type { GraphClient } from '../graph/client.ts'
import { GraphFault } from '../graph/fault.ts'
import type { GameMasterTurnRequestedSubscription } from './gm-turn-requested.subscription.gen.ts'
import { GameMasterRunToolDocument } from './run-gm-tool.mutation.gen.ts'

export type Task = GameMasterTurnRequestedSubscription['gmTurnRequested']

const STOPPED = { ok: false, content: null, error: 'The call was stopped. (STOPPED)' } as const

export interface TableToolsOptions {
  graph: Pick<GraphClient, 'ask'>
  task: Task
  /** Settles when what was narrated before a call is stored: events keep their order. */
  flush: () => Promise<void>
  log: Log
}

/**
 * The tools of a turn. The rules run in the graph, which stores each call with its result. Calls run one after the
 * other, as they were made: a second shot has the recoil of the first.
 */
export function tableTools({ task, ...options }: TableToolsOptions): ToolCaller {
  let last: Promise<unknown> = Promise.resolve()
  const run = runner({ task, ...options })
  return {
    tools: task.tools.map(({ name, title, description, inputSchema }) => ({
      name,
      title,
      description,
      inputSchema: inputSchema as Record<string, unknown>,
    })),
    call(name, input, signal) {
      const called = last.then(() => run(name, input, signal))
      last = called
      return called
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

/** Runs one call; what fails is its result. */
const runner =
  ({ graph, task, flush, log }: TableToolsOptions): ToolCaller['call'] =>
  async (name, input, signal) => {
    if (signal.aborted) return STOPPED
    try {
      await flush()
      const call = { turnId: task.turnId, callId: randomUUID(), tool: name, arguments: input }
      const { runGmTool } = await graph.ask(GameMasterRunToolDocument, { input: call }, { signal })
      if (!runGmTool) throw new Error('The graph gave no result.')
      const { ok, result, error } = runGmTool
      return { ok, content: result as Record<string, unknown> | null, error: error ?? null }
    } catch (error) {
      if (signal.aborted) return STOPPED
      if (error instanceof GraphFault) return { ok: false, content: null, error: error.message }
      log.error({ error, tool: name }, 'a tool of the table could not be called')
      return { ok: false, content: null, error: 'The tool could not be called.' }
    }
  }
