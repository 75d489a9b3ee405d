// The tools, resources and prompts that the conformance suite calls by name. Only tests add them to a server.
import {
  acceptedContent,
  completable,
  inputRequired,
  ResourceTemplate,
  type CallToolResult,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { z } from 'zod'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
const WAV = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAAAAA=='

const text = (said: string): CallToolResult => ({ content: [{ type: 'text', text: said }] })
const said = (text: string) => ({ messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] })
const nothing = z.object({})

export function addFixtures(server: McpServer, era: 'legacy' | 'modern'): void {
  addTools(server)
  addProgress(server)
  addElicitation(server, era)
  addResources(server)
  addPrompts(server)
}

function addTools(server: McpServer): void {
  const add = (name: string, result: () => CallToolResult) =>
    server.registerTool(name, { description: name, inputSchema: nothing }, () => result())
  add('test_simple_text', () => text('This is a simple text response for testing.'))
  add('test_image_content', () => ({ content: [{ type: 'image', data: PNG, mimeType: 'image/png' }] }))
  add('test_audio_content', () => ({ content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }] }))
  add('test_embedded_resource', () => ({
    content: [
      {
        type: 'resource',
        resource: {
          uri: 'test://embedded-resource',
          mimeType: 'text/plain',
          text: 'This is an embedded resource content.',
        },
      },
    ],
  }))
  add('test_multiple_content_types', () => ({
    content: [
      { type: 'text', text: 'Multiple content types test:' },
      { type: 'image', data: PNG, mimeType: 'image/png' },
      {
        type: 'resource',
        resource: { uri: 'test://mixed-content-resource', mimeType: 'application/json', text: '{"test":"data"}' },
      },
    ],
  }))
  add('test_error_handling', () => {
    throw new Error('This tool intentionally returns an error for testing')
  })
}

function addProgress(server: McpServer): void {
  const notifying = (name: string, notify: (context: ServerContext, step: number) => Promise<void>) =>
    server.registerTool(name, { description: name, inputSchema: nothing }, async (_, context) => {
      for (const step of [0, 50, 100]) await notify(context, step)
      return text(`${name} done`)
    })
  notifying('test_tool_with_progress', ({ mcpReq }, progress) =>
    mcpReq.notify({
      method: 'notifications/progress',
      params: { progressToken: mcpReq._meta?.progressToken ?? 0, progress, total: 100 },
    }),
  )
  notifying('test_tool_with_logging', ({ mcpReq }, step) =>
    mcpReq.notify({ method: 'notifications/message', params: { level: 'info', data: `step ${step}` } }),
  )
}

function addElicitation(server: McpServer, era: 'legacy' | 'modern'): void {
  const requestedSchema = {
    type: 'object' as const,
    properties: { response: { type: 'string' as const } },
    required: ['response'],
  }
  server.registerTool(
    'test_elicitation',
    { description: 'asks the user', inputSchema: z.object({ message: z.string() }) },
    async ({ message }, { mcpReq }) => {
      if (era === 'legacy') {
        const answer = await server.server.elicitInput({ message, requestedSchema })
        return text(`User response: ${JSON.stringify(answer)}`)
      }
      const answer = acceptedContent(mcpReq.inputResponses, 'question')
      return answer
        ? text(`User response: ${JSON.stringify(answer)}`)
        : inputRequired({ inputRequests: { question: inputRequired.elicit({ message, requestedSchema }) } })
    },
  )
}

function addResources(server: McpServer): void {
  const add = (name: string, mimeType: string, content: { text: string } | { blob: string }) =>
    server.registerResource(name, `test://${name}`, { mimeType }, (uri) => ({
      contents: [{ uri: uri.href, mimeType, ...content }],
    }))
  add('static-text', 'text/plain', { text: 'This is the content of the static text resource.' })
  add('static-binary', 'image/png', { blob: PNG })
  add('watched-resource', 'text/plain', { text: 'watched' })
  server.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { mimeType: 'application/json' },
    (uri, { id }) => ({
      contents: [
        {
          uri: uri.href,
          mimeType: 'application/json',
          text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }),
        },
      ],
    }),
  )
}

function addPrompts(server: McpServer): void {
  server.registerPrompt('test_simple_prompt', { description: 'simple' }, () =>
    said('This is a simple prompt for testing.'),
  )
  server.registerPrompt(
    'test_prompt_with_arguments',
    {
      description: 'with arguments',
      argsSchema: z.object({
        arg1: completable(z.string(), (typed) => ['paris', 'park', 'party'].filter((one) => one.startsWith(typed))),
        arg2: z.string(),
      }),
    },
    ({ arg1, arg2 }) => said(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`),
  )
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'with a resource', argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) => ({
      messages: [
        {
          role: 'user',
          content: {
            type: 'resource',
            resource: { uri: resourceUri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' },
          },
        },
        { role: 'user', content: { type: 'text', text: 'Please process the embedded resource above.' } },
      ],
    }),
  )
  server.registerPrompt('test_prompt_with_image', { description: 'with an image' }, () => ({
    messages: [
      { role: 'user', content: { type: 'image', data: PNG, mimeType: 'image/png' } },
      { role: 'user', content: { type: 'text', text: 'Please analyze the image above.' } },
    ],
  }))
}
