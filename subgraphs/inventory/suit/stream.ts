import { Channel } from '../../../shared/pubsub/channel.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { JointQuestion, SuitQuestion } from './progress.ts'
import { isOver, type SuitNews, type SuitSearches } from './searches.ts'

/** Events a reader may be behind; each contains the whole progress, so the oldest may be dropped. */
const MAX_WAITING = 500

/** Who asks, for turns in the queue. */
const whoOf = ({ kind, id }: Viewer): string => `${kind} ${id}`

/** Starts a search for one reader and streams its progress until DONE. Leaving the stream ends the search. */
export function searchEvents(
  searches: SuitSearches,
  viewer: Viewer,
  question: SuitQuestion | JointQuestion,
): Channel<SuitNews> {
  const search = searches.begin(whoOf(viewer), question)
  const channel = new Channel<SuitNews>(
    MAX_WAITING,
    async () => undefined,
    () => search.cancel(),
  )
  const push = (news: SuitNews) => {
    channel.push(news, [])
    if (isOver(news)) channel.finish()
  }
  push(search.latest)
  search.subscribe(push)
  return channel
}

/** The last news of a search, once it is over. */
export function ended(
  searches: SuitSearches,
  viewer: Viewer,
  question: SuitQuestion | JointQuestion,
): Promise<SuitNews> {
  const search = searches.begin(whoOf(viewer), question)
  return new Promise((resolve) => search.subscribe((news) => isOver(news) && resolve(news)))
}
