import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { stringifyDocument } from '@urql/vue'
import { backoffMs } from './connection.ts'
import { faultText, isUnauthenticated } from './fault.ts'
import { byHash, operationName, wasForeign } from './persisted.ts'
import { noteAnswer, noteSent } from './sent.ts'
import { sessionIsOver, subscribe } from './socket.ts'

export interface StreamSink<Data> {
  next(data: Data): void
  /** The stream broke and is being tried again; the text is for people. */
  broken?(text: string): void
  /** For a stream that ends by itself, such as a search: the end is reported here, and the stream is not restarted. */
  ended?(): void
}

/**
 * Follows a subscription until stopped. Lost sockets are mended below, by graphql-ws;
 * a stream that the server ended or refused is asked for again here.
 */
export function followStream<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  sink: StreamSink<Data>,
): () => void {
  let stop = () => undefined as void
  let stopped = false
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const again = () => {
    if (stopped) return
    if (sink.ended) return sink.ended()
    timer = setTimeout(start, backoffMs(tries++, Math.random))
  }
  function start() {
    noteSent(document, variables)
    const hash = byHash(document)
    const query = hash ? '' : stringifyDocument(document)
    stop = subscribe<Data>(
      { query, variables, operationName: operationName(document), ...(hash ? { extensions: { ...hash } } : {}) },
      {
        next: ({ data, errors }) => {
          if (stopped) return
          noteAnswer(document, !!errors?.length)
          if (errors?.length) fault(errors)
          if (data) {
            tries = 0
            sink.next(data)
          }
        },
        error: (cause) => {
          if (stopped) return
          if (wasForeign(document, Array.isArray(cause) ? cause : [])) return start()
          noteAnswer(document, true)
          fault(cause)
          again()
        },
        complete: again,
      },
    )
  }
  function fault(cause: unknown) {
    if (isUnauthenticated(cause)) sessionIsOver()
    sink.broken?.(faultText(cause))
  }
  start()
  return () => {
    stopped = true
    clearTimeout(timer)
    stop()
  }
}
