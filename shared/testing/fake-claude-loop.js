// What `claude -p` does between its question and its answer: it asks the model over the Messages interface, prints the
// stream, calls the tools that the model chose, and asks again.
const MAX_TOKENS = 4_000

/** The model cannot be reached, refused, or broke off; `message` is what the program prints then. */
class ModelError extends Error {}

/** Events of a streamed answer. */
async function* eventsOf(url, key, body) {
  const response = await fetch(`${url}/v1/messages?beta=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': key },
    body: JSON.stringify({ ...body, max_tokens: MAX_TOKENS, stream: true }),
  }).catch(() => {
    throw new ModelError('API Error: Connection error.')
  })
  if (response.status === 401) throw new ModelError('Failed to authenticate. API Error: 401')
  if (!response.ok) throw new ModelError(`API Error: ${response.status}`)
  let waiting = ''
  try {
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = `${waiting}${piece}`.split('\n')
      waiting = lines.pop()
      for (const line of lines) if (line.startsWith('data: ')) yield JSON.parse(line.slice('data: '.length))
    }
  } catch {
    throw new ModelError('API Error: Connection error.')
  }
}

/** Prints an answer as it comes; gives its blocks. */
async function read(events, { print }) {
  const blocks = []
  let isWhole = false
  for await (const event of events) {
    print({ type: 'stream_event', event })
    if (event.type === 'content_block_start') blocks[event.index] = { ...event.content_block, json: '' }
    if (event.type === 'content_block_delta') {
      const block = blocks[event.index]
      if (event.delta.type === 'text_delta') block.text += event.delta.text
      if (event.delta.type === 'input_json_delta') block.json += event.delta.partial_json
    }
    if (event.type === 'content_block_stop') {
      const { json, ...block } = blocks[event.index]
      blocks[event.index] = block.type === 'tool_use' ? { ...block, input: JSON.parse(json || '{}') } : block
      print({ type: 'assistant', message: { role: 'assistant', content: [blocks[event.index]] } })
    }
    isWhole ||= event.type === 'message_stop'
  }
  if (!isWhole) throw new ModelError('API Error: Connection error.')
  return blocks
}

/**
 * Asks and calls tools until the model only writes.
 * @param call calls a tool of the MCP server `overlord`
 * @returns what the last line of the output says
 */
export async function answer({ url, key, model, system, question, maxTurns, tools, allowed, call, print }) {
  const messages = [{ role: 'user', content: question }]
  const offered = tools
    .map(({ name, description, inputSchema }) => ({ name: `mcp__overlord__${name}`, description, inputSchema }))
    .filter(({ name }) => allowed.includes(name))
    .map(({ inputSchema, ...tool }) => ({ ...tool, input_schema: inputSchema }))
  try {
    for (let turn = 1; turn <= maxTurns; turn++) {
      const content = await read(eventsOf(url, key, { model, system, messages, tools: offered }), { print })
      messages.push({ role: 'assistant', content })
      const uses = content.filter(({ type }) => type === 'tool_use')
      if (!uses.length) return { num_turns: turn }
      const results = await Promise.all(
        uses.map(async ({ id, name, input }) => {
          const { content, isError = false } = allowed.includes(name)
            ? await call(name.replace('mcp__overlord__', ''), input)
            : { content: [{ type: 'text', text: `No such tool available: ${name}` }], isError: true }
          return { type: 'tool_result', tool_use_id: id, content, is_error: isError }
        }),
      )
      messages.push({ role: 'user', content: results })
      print({ type: 'user', message: { role: 'user', content: results } })
    }
    return { subtype: 'error_max_turns', is_error: true }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return { is_error: true, result: error.message }
  }
}
