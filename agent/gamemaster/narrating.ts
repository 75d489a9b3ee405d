// Receives turns of game sessions, and narrates them by the assistant's orchestrator.
import type { Log } from '../../shared/log.ts'
import type { Driver, Message } from '../assistant/driver.ts'
import { reporterBy, type Reporter } from '../assistant/reporter.ts'
import { run, type TurnEvent } from '../assistant/run.ts'
import { runTasks } from '../assistant/task-loop.ts'
import type { GmReportInput } from '../graph/generated/types.ts'
import type { GraphClient } from '../graph/client.ts'
import { GameMasterTurnRequestedDocument } from './gm-turn-requested.subscription.gen.ts'
import { GameMasterReportDocument } from './report-gm-events.mutation.gen.ts'
import { sentences } from './sentences.ts'
import { tableTools, type Task } from './table-tools.ts'

export interface NarratingOptions {
  graph: GraphClient
  driver: Driver
  log: Log
  /** How long a turn may take, in milliseconds. */
  longestMs: number
}

/** Narrates turns until it is disposed of; what is under way then is stopped. */
export const narrateTurns = (options: NarratingOptions): AsyncDisposable =>
  runTasks<Task>({
    follow: (onTask) =>
      options.graph.follow(GameMasterTurnRequestedDocument, {}, ({ gmTurnRequested: task }) => onTask(task)),
    work: (task, stop) => narrate(task, stop, options),
    log: options.log,
    failure: 'a narration could not be reported',
  })

async function narrate(task: Task, stop: AbortController, options: NarratingOptions): Promise<void> {
  const { graph, driver, longestMs } = options
  const trace = task.traceId ?? undefined
  const log = options.log.child({ turn: task.turnId, ...(trace && { trace }) })
  const report: Reporter = reporterBy(
    async (events) => {
      const { turnId } = task
      const answer = await graph.ask(GameMasterReportDocument, { input: { turnId, events: events.map(reportOf) } })
      return answer.reportGmEvents?.over ?? true
    },
    () => stop.abort(),
    true,
  )
  const gathered = sentences()
  const narrateText = (text: string) => text && report.add({ seq: 0, kind: 'TEXT', payload: { text } })
  const flush = () => {
    narrateText(gathered.rest())
    return report.finish()
  }
  await using tools = tableTools({ graph, task, flush, log })
  const asked = {
    messages: messagesOf(task),
    tools,
    actAs: '',
    context: contextOf(task),
    characterNames: () => Promise.resolve([]),
    signal: stop.signal,
    ...(trace && { trace }),
  }
  for await (const event of run(asked, { driver, log, longestMs })) {
    if (event.kind === 'TEXT') narrateText(gathered.add(event.payload.text))
    else if (event.kind === 'DONE' || event.kind === 'ERROR') {
      narrateText(gathered.rest())
      report.add(event)
      log.info({ end: event.kind, driver: driver.kind }, 'narrated a turn of a game')
    }
  }
  await report.finish()
}

/** What is reported of an event. Calls of tools are stored by the graph itself. */
function reportOf(event: TurnEvent): GmReportInput {
  const number = event.seq
  if (event.kind === 'TEXT') return { number, kind: 'NARRATIVE', content: event.payload.text }
  if (event.kind === 'ERROR') {
    const { code, message } = event.payload
    return { number, kind: 'ERROR', content: message, code: code === 'TOO_SLOW' ? 'API_TIMEOUT' : code }
  }
  // How the answer of a model ended, where that was not as it should be.
  const note = event.kind === 'DONE' ? event.payload.note : undefined
  return { number, kind: 'COMPLETE', content: note ?? 'Response complete' }
}

const messagesOf = ({ history, message }: Task): Message[] => [
  ...history.flatMap(({ message, narration }): Message[] => [
    { role: 'user', text: message },
    { role: 'assistant', text: narration },
  ]),
  { role: 'user', text: message },
]

const contextOf = ({ state, character }: Task): string =>
  `The table as it is now; what it says counts more than what was narrated before:\n${JSON.stringify(state)}\n` +
  `The character that acts in this turn: ${character ?? 'none'}.`
