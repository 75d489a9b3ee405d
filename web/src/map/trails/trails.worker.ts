import { TrailsPainter } from './trails-painter.ts'
import type { TrailsOrder } from './paint-trails.ts'

const painter = new TrailsPainter()

self.onmessage = ({ data }: MessageEvent<TrailsOrder>) => {
  const picture = painter.paint(data)
  self.postMessage(picture, { transfer: [picture.bitmap] })
}
