import type { EdgeHost, Edge } from '../../shared/serve/graph-access.ts'
import { ownPath } from '../../shared/serve/own-path.ts'
import { openLiveSockets } from './live-socket/sockets.ts'
import { legacyRequests } from './requests.ts'

/** The original's addresses and its live socket, answered from the graph. */
export function startLegacyApi(host: EdgeHost): Edge {
  const handle = legacyRequests(host)
  const liveSockets = openLiveSockets(host)
  return {
    handle,
    upgrade(request, socket, head, path) {
      if (ownPath(path) !== '/ws/live') return false
      void liveSockets.upgrade(request, socket, head)
      return true
    },
    [Symbol.asyncDispose]: () => liveSockets[Symbol.asyncDispose](),
  }
}
