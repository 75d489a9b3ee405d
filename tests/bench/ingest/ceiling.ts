// A process of its own: how fast the same frames are parsed, and parsed and checked, when nothing else is done with
// them.
import { decode } from './decode.ts'
import { makeTracks } from '../load/frames.ts'

const SECONDS = 3
const texts = makeTracks({ sockets: 60, rounds: 20, packed: false }).flatMap(({ pieces }) =>
  pieces.map((piece) => piece.subarray(piece.length < 132 ? 6 : 8).toString('utf8')),
)

function perSecond(work: (text: string) => unknown): number {
  let seen = 0
  const run = (ms: number) => {
    const begun = performance.now()
    let done = 0
    while (performance.now() - begun < ms) for (const text of texts) if (work(text) !== undefined) done++
    seen = done / ((performance.now() - begun) / 1000)
  }
  run(1_000)
  run(SECONDS * 1_000)
  return seen
}

const parsed = perSecond((text) => JSON.parse(text) as unknown)
const checked = perSecond((text) => decode(text))
console.log(
  JSON.stringify({ parsed, checked, bytes: texts.reduce((sum, text) => sum + text.length, 0) / texts.length }),
)
