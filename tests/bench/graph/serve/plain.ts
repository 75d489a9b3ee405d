import { buildSchema } from 'graphql'
import type { WebSocketServer } from 'ws'
import { plainGraph } from '../../plain-graph.ts'
import { plainRoot, plainSdl } from '../world.ts'
import { beside, type Serve } from './serving.ts'

/** Plain graphql-js, and a loop that sends each text to each socket. */
export const plain =
  (raw: WebSocketServer): Serve =>
  ({ control }) =>
    beside(control, plainGraph(buildSchema(plainSdl), plainRoot)).on('upgrade', (request, socket, head) =>
      raw.handleUpgrade(request, socket, head, (ws) => raw.emit('connection', ws, request)),
    )
