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
import { runTasks } from './task-loop.ts'

/** Names that are looked through at most. */
const MAX_NAMES = 5_000

type Task = AssistantAskedSubscription['assistantAsked']

export interface AnsweringOptions {
  graph: GraphClient
  tools: readonly Tool[]
  driver: Driver
  log: Log
  /** How long an answer may take, in milliseconds. */
  longestMs: number
}

/** Answers questions until it is disposed of; what is under way then is stopped. */
export const answerQuestions = (options: AnsweringOptions): AsyncDisposable =>
  runTasks<Task>({
    follow: (onTask) =>
      options.graph.follow(
        AssistantAskedDocument,
        { driver: options.driver.kind, model: options.driver.model },
        ({ assistantAsked: task }) => onTask(task),
      ),
    work: (task, stop) => answer(task, stop, options),
    log: options.log,
    failure: 'an answer could not be reported',
  })

async function answer(
  task: Task,
  stop: AbortController,
  { graph, tools, driver, log, longestMs }: AnsweringOptions,
): Promise<void> {
  const report = reporter(graph, task.turnId, () => stop.abort())
  const token = task.actAs
  await using caller = await connectTools({ tools, graph: graphOfToken(graph, token), log })
  const { signal } = stop
  const characterNames = () => namesKnownTo(graph, token, signal)
  const asked = { messages: messagesOf(task), tools: caller, actAs: token, characterNames, signal }
  for await (const event of run(asked, { driver, log, longestMs })) report.add(event)
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
