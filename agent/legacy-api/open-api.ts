import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'

const STATUS = {
  '400': 'The request does not fit.',
  '401': 'Nobody is signed in, or the token is wrong.',
  '403': 'The viewer may not do this.',
  '404': 'There is nothing of that name.',
  '429': 'Too many tries.',
} as const

const ERROR = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'hint'],
      properties: {
        code: { type: 'string', description: 'What it is, for programs.' },
        message: { type: 'string', description: 'What it is, for people.' },
        hint: { type: 'string', description: 'The way out.' },
      },
    },
  },
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}

/** Which refusals an endpoint knows. */
function refusals({ who, query, body, path }: Endpoint): (keyof typeof STATUS)[] {
  const codes: (keyof typeof STATUS)[] = []
  if (body || Object.keys(query.shape).length) codes.push('400')
  if (who !== 'anybody') codes.push('401')
  if (who === 'operator' || who === 'admin') codes.push('403', '429')
  if (path.includes('{')) codes.push('404')
  return codes
}

function operation(entry: Endpoint) {
  const inPath = [...entry.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const { properties = {} } = jsonSchema(entry.query, 'output') as { properties?: Record<string, object> }
  const inQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
  const media = entry.media?.split(';')[0] ?? 'application/json'
  return {
    tags: [entry.family],
    summary: entry.says,
    ...(entry.who === 'anybody' ? { security: [] } : { description: `For ${entry.who}s.` }),
    parameters: [...inPath, ...inQuery],
    ...(entry.body
      ? {
          requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(entry.body, 'input') } } },
        }
      : {}),
    responses: {
      '200': { description: 'The answer.', content: { [media]: { schema: jsonSchema(entry.answer, 'output') } } },
      ...Object.fromEntries(
        refusals(entry).map((status) => [
          status,
          {
            description: STATUS[status],
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
          },
        ]),
      ),
    },
  }
}

/** The OpenAPI 3.1 description of a table of endpoints. */
export function openApi(table: readonly Endpoint[], version: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const entry of table) (paths[entry.path] ??= {})[entry.method.toLowerCase()] = operation(entry)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Overlord, as its predecessor answered',
      version,
      description:
        'Thin maps onto the graph at /graphql, for scripts that were written before it. All of it answers under ' +
        '/api too.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }, { url: '/api' }],
    security: [{ session: [] }, { bearer: [] }, { token: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'sid', description: '`__Host-sid` on HTTPS.' },
        bearer: { type: 'http', scheme: 'bearer', description: 'A service token.' },
        token: {
          type: 'apiKey',
          in: 'query',
          name: 'token',
          description: 'A service token, for programs that can send no header.',
        },
      },
      schemas: { Error: ERROR },
    },
  }
}
