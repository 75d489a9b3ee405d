import type { EdgeHost, Edge } from '../../shared/serve/graph-access.ts'
import { ownPath } from '../../shared/serve/own-path.ts'
import { openLiveSockets } from './live-socket/sockets.ts'
import { legacyRequests } from './requests.ts'
import { gameIn, openGameSockets } from './tabletop/game-sockets.ts'
import { gameRequests } from './tabletop/requests.ts'

/** The original's addresses and its live socket, and the game's protocol, answered from the graph. */
export function startLegacyApi(host: EdgeHost): Edge {
  const handleLegacy = legacyRequests(host)
  const handleGame = gameRequests(host)
  const liveSockets = openLiveSockets(host)
  const gameSockets = openGameSockets(host)
  return {
    handle: async (request, response, path) =>
      (await handleGame(request, response, path)) || handleLegacy(request, response, path),
    upgrade(request, socket, head, path) {
      const sockets = ownPath(path) === '/ws/live' ? liveSockets : gameIn(path) === null ? null : gameSockets
      if (!sockets) return false
      void sockets.upgrade(request, socket, head)
      return true
    },
    async [Symbol.asyncDispose]() {
      await liveSockets[Symbol.asyncDispose]()
      await gameSockets[Symbol.asyncDispose]()
    },
  }
}
