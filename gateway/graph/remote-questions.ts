import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import { GraphQLError, print, type DocumentNode, type ExecutionResult, type GraphQLFormattedError } from 'graphql'
import { SIGNED_VIEWER_HEADER } from '../../shared/auth/signed-viewer.ts'
import { fault } from '../../shared/errors.ts'
import { carrier } from '../../shared/trace/spans.ts'

/** Far beyond what any operation may take: a process that hangs must not keep our sockets for ever. */
const PATIENCE_MS = 120_000
/** Connections kept open a process; beyond them each question has one of its own. */
const MAX_IDLE_SOCKETS = 64
/**
 * How long to wait before a query is asked again. A process that died leaves connections behind that are found broken
 * one by one, and a balancer in between needs a moment to know.
 */
const PAUSES_MS = [0, 20, 100, 400]

/** A request to a subgraph, with its signed viewer. */
export interface Question {
  document: DocumentNode
  variables: unknown
  signedViewer: string
  /** It changes nothing, so it may be asked twice. */
  isQuery: boolean
}

interface Target {
  send: typeof http.request
  options: http.RequestOptions
  kept: http.Agent
}

/**
 * Requests to a subgraph's processes, in turns. An unanswered query is sent again, to the next process over a new
 * connection; a mutation only if no connection was made, since it may have been executed.
 * @param subgraph its name, which the error has where none of them answers
 */
export function questionsTo(urls: readonly string[], subgraph = '') {
  const targets = urls.map(targetOf)
  let turn = 0

  async function ask(question: Question): Promise<ExecutionResult> {
    const body = bodyOf(question)
    const first = turn++ // one question's own turns: others in between must not send it to the same process again
    for (let tries = 0; ; tries++) {
      try {
        const target = targets[(first + tries) % targets.length]!
        return answerIn(await post(target, question, body, question.isQuery && tries === 0))
      } catch (error) {
        const mayAskAgain = question.isQuery || isRefused(error)
        if (!mayAskAgain || tries === PAUSES_MS.length) return { errors: [fault('NOT_READY', AWAY, { subgraph })] }
        await wait(PAUSES_MS[tries])
      }
    }
  }

  return {
    ask,
    [Symbol.dispose]() {
      // Questions under way are answered; what is idle is closed, and nothing is kept from now on.
      for (const { kept } of targets) {
        kept.maxFreeSockets = 0
        for (const sockets of Object.values(kept.freeSockets)) for (const socket of sockets ?? []) socket.destroy()
      }
    },
  }
}

const AWAY = 'The part of the graph that knows this does not answer.'

function targetOf(url: string): Target {
  const { protocol, hostname, port, pathname, search } = new URL(url)
  const { request, Agent } = protocol === 'https:' ? https : http
  return {
    send: request,
    options: { method: 'POST', hostname: hostname.replace(/^\[|\]$/g, ''), port, path: pathname + search },
    kept: new Agent({ keepAlive: true, maxFreeSockets: MAX_IDLE_SOCKETS, scheduling: 'lifo' }),
  }
}

/** The planner keeps its documents: each is written down once. */
const texts = new WeakMap<DocumentNode, string>()

function bodyOf({ document, variables }: Question): string {
  const text = texts.get(document) ?? JSON.stringify(print(document))
  texts.set(document, text)
  return variables ? `{"query":${text},"variables":${JSON.stringify(variables)}}` : `{"query":${text}}`
}

/**
 * @param reuse an idle connection. It may break just as it is used: then it is unknown whether a mutation was executed,
 *   and other idle ones may be broken too, so mutations and repeated queries open a connection of their own.
 * @throws if there was no answer
 */
function post(
  { send, options, kept }: Target,
  { signedViewer }: Question,
  body: string,
  reuse: boolean,
): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    [SIGNED_VIEWER_HEADER]: signedViewer,
    ...carrier(),
  }
  return new Promise((resolve, reject) => {
    const answered = (answer: IncomingMessage) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8')))
    }
    const asking = send({ ...options, headers, agent: reuse ? kept : false }, answered)
    asking.setTimeout(PATIENCE_MS, () => asking.destroy(new Error('nothing came')))
    asking.on('error', reject)
    asking.end(body)
  })
}

/** @throws if it is not a subgraph's answer, such as that of a balancer without a backend */
function answerIn(text: string): ExecutionResult {
  const { data, errors } = JSON.parse(text) as { data?: ExecutionResult['data']; errors?: GraphQLFormattedError[] }
  if (data === undefined && !Array.isArray(errors)) throw new Error('neither data nor errors')
  const answer: ExecutionResult = data === undefined ? {} : { data }
  if (!errors?.length) return answer
  return {
    ...answer,
    errors: errors.map(
      ({ message, path, extensions }) =>
        new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null }),
    ),
  }
}

const isRefused = (error: unknown): boolean =>
  error instanceof Error &&
  ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ||
    (error instanceof AggregateError && error.errors.every(isRefused)))
