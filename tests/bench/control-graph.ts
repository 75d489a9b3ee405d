// The same questions asked of plain graphql-js over node:http, with the answers already in memory.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { buildSchema } from 'graphql'
import { plainGraph } from './plain-graph.ts'

const { sdl, rootValue } = JSON.parse(await text(process.stdin)) as { sdl: string; rootValue: Record<string, unknown> }
const http = createServer(plainGraph(buildSchema(sdl), rootValue))
http.listen(0, '127.0.0.1', () => console.log((http.address() as AddressInfo).port))
