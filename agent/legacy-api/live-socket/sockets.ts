// The original's /ws/live, for clients that were written for it.
import type { EdgeHost, GraphCaller } from '../../../shared/serve/graph-access.ts'
import { askerFor } from '../ask.ts'
import { openSocketServer, type SocketServer } from '../socket-server.ts'
import { liveClient } from './client.ts'
import { Feed, type Reader } from './feed.ts'

/** The live socket. Clients of equal rights share what they are sent. */
export function openLiveSockets(host: EdgeHost): SocketServer {
  const feeds = new Map<string, Feed>()

  function join(caller: GraphCaller, reader: Reader): { feed: Feed; leave: () => void } {
    const { rights } = caller
    const feed = feeds.get(rights) ?? new Feed(caller.withoutPerson, host.log)
    feeds.set(rights, feed)
    feed.add(reader)
    return {
      feed,
      leave: () => {
        if (feed.remove(reader) && feeds.get(rights) === feed) feeds.delete(rights)
      },
    }
  }

  return openSocketServer(host, (ws, connection) => {
    const reader = liveClient({
      ws,
      asker: () => askerFor(connection.caller()),
      resettled: () => joined.feed.settle(),
    })
    const joined = join(connection.caller(), reader)
    return joined.leave
  })
}
