// Which chunks bots have loaded, and their surface.
import type { WorldPlace } from '../../../shared/contract/world-commands.ts'
import { CHUNK, type SurfaceCell } from '../../../shared/contract/world-view.ts'
import type { GameBlock, GameBot, Position } from './bot-library.ts'
import { OLD_DEPTH, SurfaceCache, topmost, type Depth, type NameOf } from './surface.ts'

const AIR = /^(void_|cave_)?air$/
const chunkOf = (at: number): number => Math.floor(at / CHUNK)

export class LoadedChunks {
  readonly surface = new SurfaceCache()
  readonly #waiting = new Set<() => void>()

  /** Reads what a bot loads and what changes there, and gives the columns that did. What it gives ends that. */
  follow(bot: GameBot, changed: (cells: readonly SurfaceCell[]) => void): () => void {
    const nameOf: NameOf = (id) => {
      const name = bot.registry.blocksByStateId[id]?.name ?? 'unknown'
      return AIR.test(name) ? null : name
    }
    const depth: Depth = {
      minY: bot.game.minY ?? OLD_DEPTH.minY,
      height: bot.game.height ?? OLD_DEPTH.height,
    }
    // A chunk at a time: a hundred of them come at once after a teleport.
    const queue: { cx: number; cz: number }[] = []
    let working: NodeJS.Immediate | null = null
    const work = () => {
      working = null
      const next = queue.shift()
      const column = next && bot.world.getColumn(next.cx, next.cz)
      if (next && column) {
        changed(this.surface.load(next.cx, next.cz, column, depth, nameOf))
        for (const check of [...this.#waiting]) check()
      }
      if (queue.length) working = setImmediate(work)
    }
    const onChunk = ({ x, z }: Position) => {
      queue.push({ cx: chunkOf(x), cz: chunkOf(z) })
      working ??= setImmediate(work)
    }
    const onBlock = (_: GameBlock | null, block: GameBlock | null) => {
      if (!block) return
      const { x, y, z } = block.position
      const cell = this.surface.change(block.position, nameOf(block.stateId), () => {
        const column = bot.world.getColumn(chunkOf(x), chunkOf(z))
        const within = { x: x - chunkOf(x) * CHUNK, z: z - chunkOf(z) * CHUNK }
        return column && topmost(column, within, y - 1, depth.minY, nameOf)
      })
      if (cell) changed([cell])
    }
    bot.on('chunkColumnLoad', onChunk)
    bot.on('blockUpdate', onBlock)
    // Chunks may be there before the bot has spawned.
    const { x, z } = bot.entity.position
    for (let cx = chunkOf(x) - FIRST; cx <= chunkOf(x) + FIRST; cx++)
      for (let cz = chunkOf(z) - FIRST; cz <= chunkOf(z) + FIRST; cz++)
        if (bot.world.getColumn(cx, cz)) onChunk({ x: cx * CHUNK, y: 0, z: cz * CHUNK })
    return () => {
      if (working) clearImmediate(working)
      bot.off('chunkColumnLoad', onChunk)
      bot.off('blockUpdate', onBlock)
    }
  }

  /** Unloads chunks farther than `most` chunks from all bots; gives them. */
  unloadBeyond(bots: readonly GameBot[], most: number): { cx: number; cz: number }[] {
    const places = bots.map(({ entity }) => entity.position)
    const gone = this.surface.forgetBeyond(places, most)
    for (const { cx, cz } of gone)
      for (const bot of bots) if (bot.world.getColumn(cx, cz)) bot.world.unloadColumn(cx, cz)
    return gone
  }

  /** Settles once a check is true after a chunk was read, or when the time is over. */
  async until(isDone: () => boolean, timeoutMs: number): Promise<void> {
    if (isDone()) return
    await new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(fuse)
        this.#waiting.delete(check)
        resolve()
      }
      const check = () => isDone() && finish()
      const fuse = setTimeout(finish, timeoutMs)
      this.#waiting.add(check)
    })
  }
}

/** Chunks around the bot that are read when it comes. */
const FIRST = 8

/** Settles once all chunks of a square are loaded, or after the timeout: what is there then has to do. */
export function awaitChunksLoaded(
  chunks: LoadedChunks,
  { x, z }: WorldPlace,
  radius: number,
  timeoutMs: number,
): Promise<void> {
  const [fromX, toX, fromZ, toZ] = [x - radius, x + radius, z - radius, z + radius].map(chunkOf) as [
    number,
    number,
    number,
    number,
  ]
  const isLoaded = () => {
    for (let cx = fromX; cx <= toX; cx++)
      for (let cz = fromZ; cz <= toZ; cz++) if (!chunks.surface.has(cx, cz)) return false
    return true
  }
  return chunks.until(isLoaded, timeoutMs)
}
