// A chat endpoint of the OpenAI form on this machine: each request is answered by the next step of a script.
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Step {
  text?: string
  /** Arguments as text are sent as they are, JSON or not. */
  tools?: { name: string; args: Record<string, unknown> | string }[]
  /** The connection breaks after so many words. */
  breakAfter?: number
  /** No answer ends: words go on until the client closes the connection. */
  endless?: boolean
  /** Refused with this status. */
  status?: number
  headers?: Record<string, string>
}

export interface Request {
  model: string
  messages: { role: string; content: string; tool_calls?: unknown[]; tool_call_id?: string }[]
  tools?: { function: { name: string } }[]
  tool_choice?: string
}

export interface StubModel extends AsyncDisposable {
  url: string
  /** What was asked so far. */
  requests: Request[]
  /** Requests whose client has gone before the end. */
  closed: () => number
}

/** Starts it; the last step of the script answers everything after it. */
export async function startStubModel(script: readonly Step[], key = 'test'): Promise<StubModel> {
  const requests: Request[] = []
  let closed = 0
  const server = http.createServer((request, response) => {
    let body = ''
    request.on('data', (bytes: Buffer) => (body += bytes.toString()))
    request.on('end', () => {
      if (request.headers.authorization !== `Bearer ${key}`) return refuse(response, 401)
      requests.push(JSON.parse(body) as Request)
      const step = script[Math.min(requests.length, script.length) - 1]!
      if (step.status) return refuse(response, step.status, step.headers)
      response.on('close', () => (closed += response.writableFinished ? 0 : 1))
      stream(response, step, requests.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    closed: () => closed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function refuse(response: http.ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify({ error: { message: 'refused: sk-secret-of-the-vendor', type: 'error' } }))
}

function stream(response: http.ServerResponse, step: Step, nth: number): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (delta: object, finish: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({
        id: `c${nth}`,
        object: 'chat.completion.chunk',
        created: 1,
        model: 'stub',
        choices: [{ index: 0, delta, finish_reason: finish }],
      })}\n\n`,
    )
  send({ role: 'assistant', content: '' })
  const words = (step.text ?? '').split(/(?<=\s)(?=\S)/).filter(Boolean)
  for (const [place, word] of words.entries()) {
    if (place === step.breakAfter) return void setImmediate(() => response.destroy())
    send({ content: word })
  }
  if (step.endless) {
    const timer = setInterval(() => send({ content: 'more ' }), 5)
    response.on('close', () => clearInterval(timer))
    return
  }
  for (const [index, { name, args }] of (step.tools ?? []).entries())
    send({
      tool_calls: [
        {
          index,
          id: `call_${nth}_${index}`,
          type: 'function',
          function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
        },
      ],
    })
  send({}, step.tools ? 'tool_calls' : 'stop')
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
  response.end(`data: ${JSON.stringify({ id: 'u', choices: [], usage })}\n\ndata: [DONE]\n\n`)
}
