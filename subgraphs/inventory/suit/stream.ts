import { Channel } from '../../../shared/pubsub/channel.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { Marked, Part } from '../../../shared/serve/marks.ts'
import type { SuitQuestion } from './progress.ts'
import { isOver, type SuitNews, type SuitSearch, type SuitSearches } from './searches.ts'

/** Events one reader may be behind; each tells all, so the oldest may go. */
const MOST_WAITING = 500
const DIGITS = 12

/** Who asks, for turns in the queue; null where several people share a stream and none of them is known (shared/auth/viewer.ts). */
export const whoOf = ({ kind, id }: Viewer): string | null => (id === '0' ? null : `${kind} ${id}`)

/** Streams of searches. A stream that several people read is begun once; who comes later is told how its search stands. */
export class SuitStreams {
  private readonly searches: SuitSearches
  private readonly shared = new Map<string, SuitSearch>()

  constructor(searches: SuitSearches) {
    this.searches = searches
  }

  /** `name` tells streams apart that are not the same. */
  open(viewer: Viewer, question: SuitQuestion, part: Part, name: string): Marked<SuitNews> {
    const key = JSON.stringify([viewer.role, viewer.kind, viewer.id, name, question])
    if (part === 'now') return latest(() => this.shared.get(key))
    const search = this.searches.begin(whoOf(viewer), question)
    if (part === 'changes') this.shared.set(key, search)
    const channel = new Channel<SuitNews>(
      MOST_WAITING,
      async () => undefined,
      () => {
        if (this.shared.get(key) === search) this.shared.delete(key)
        search.cancel()
      },
    )
    const push = (news: SuitNews, version: number) => {
      channel.push(news, [mark(version)])
      // A shared stream that ended would be begun anew for its readers: it stays, and tells nothing more.
      if (part === 'whole' && isOver(news)) channel.finish()
    }
    push(search.latest, search.version)
    search.follow(push)
    return channel
  }
}

function latest(find: () => SuitSearch | undefined): Marked<SuitNews> {
  const channel: Channel<SuitNews> = new Channel<SuitNews>(
    1,
    () => {
      const search = find()
      if (search) channel.push(search.latest, [mark(search.version)])
      channel.finish()
      return Promise.resolve()
    },
    () => undefined,
  )
  return channel
}

const mark = (version: number) => ['suit', String(version).padStart(DIGITS, '0')] as const
