// Hears what is asked, and answers it as the person who asked.
import type { Log } from '../../shared/log.ts'
import type { GraphClient } from '../graph/client.ts'
import { connectTools } from '../mcp/in-process.ts'
import { graphOfToken } from '../mcp/tool-graph.ts'
import type { Tool } from '../mcp/tool.ts'
import { AssistantAskedDocument, type AssistantAskedSubscription } from './assistant-asked.subscription.gen.ts'
import {
  AssistantCharacterNamesDocument,
  type AssistantCharacterNamesQuery,
} from './builtin/character-names.query.gen.ts'
import type { Driver, Message } from './driver.ts'
import { reporter } from './reporter.ts'
import { run } from './run.ts'

/** Names that are looked through at most. */
const MAX_NAMES = 5_000

type Task = AssistantAskedSubscription['assistantAsked']

export interface AnsweringOptions {
  graph: GraphClient
  tools: readonly Tool[]
  driver: Driver
  log: Log
}

/** Answers questions until it is disposed of; what is under way then is stopped. */
export function answerQuestions(options: AnsweringOptions): AsyncDisposable {
  const { graph, driver, log } = options
  const running = new Map<string, AbortController>()
  const finished = new Set<Promise<void>>()

  function begin(task: Task): void {
    const stop = new AbortController()
    running.set(task.turnId, stop)
    const answered = answer(task, stop, options)
      .catch((error: unknown) => log.warn({ error, turn: task.turnId }, 'an answer could not be reported'))
      .finally(() => {
        running.delete(task.turnId)
        finished.delete(answered)
      })
    finished.add(answered)
  }

  const end = graph.follow(
    AssistantAskedDocument,
    { driver: driver.kind, model: driver.model },
    ({ assistantAsked: task }) => {
      if (task.kind === 'STOP') running.get(task.turnId)?.abort()
      else if (!running.has(task.turnId)) begin(task)
    },
  )
  return {
    async [Symbol.asyncDispose]() {
      for (const stop of running.values()) stop.abort()
      await Promise.all(finished) // what ends them is reported first
      end()
    },
  }
}

async function answer(
  task: Task,
  stop: AbortController,
  { graph, tools, driver, log }: AnsweringOptions,
): Promise<void> {
  const report = reporter(graph, task.turnId, () => stop.abort())
  const token = task.actAs
  await using caller = await connectTools({ tools, graph: graphOfToken(graph, token), log })
  const { signal } = stop
  const characterNames = () => namesKnownTo(graph, token, signal)
  const asked = { messages: messagesOf(task), tools: caller, actAs: token, characterNames, signal }
  for await (const event of run(asked, { driver, log })) report.add(event)
  await report.finish()
}

const messagesOf = ({ history, message }: Task): Message[] => [
  ...history.flatMap(({ message, answer }): Message[] => [
    { role: 'user', text: message },
    { role: 'assistant', text: answer },
  ]),
  { role: 'user', text: message },
]

/** Names of characters, as the asking person may see them. */
async function namesKnownTo(graph: GraphClient, token: string, signal: AbortSignal): Promise<string[]> {
  const names: string[] = []
  for (let after: string | null = null; names.length < MAX_NAMES;) {
    const answer: AssistantCharacterNamesQuery = await graph.ask(
      AssistantCharacterNamesDocument,
      { after },
      { token, signal },
    )
    const { nodes, pageInfo } = answer.characters
    names.push(...nodes.map(({ name }) => name))
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  return names
}
