import type { WorldCommand, WorldReply } from '../../../shared/contract/world-commands.ts'
import type { WorldSource } from './world-source.ts'

/** How long chunks are waited for after a teleport, in milliseconds; then what is there counts. */
export const SCAN_TIMEOUT_MS = 2_000

const NOT_THERE =
  'Nothing was loaded there: the server refused to teleport the bot, or is slow. Make the bot a spectator or an ' +
  'operator, or try again.'

const refused = (message: string): WorldReply => ({ ok: false, message, sight: null })

/** Runs a command with the bot of a world. What it cannot do is a reply, no error. */
export async function runCommand(source: WorldSource, command: WorldCommand): Promise<WorldReply> {
  const { action, target, radius } = command
  switch (action) {
    case 'FOLLOW':
      if (target === null) return refused('FOLLOW needs a target: the name of a player.')
      return source.follow(target)
        ? { ok: true, message: `The bot follows ${target}.`, sight: null }
        : refused(`There is no player ${target} in this world.`)
    case 'DISPATCH': {
      if (target === null) return refused('DISPATCH needs a target: the name of a player.')
      const problem = source.dispatch(target)
      return problem === null
        ? { ok: true, message: `A further bot watches ${target}.`, sight: null }
        : refused(problem)
    }
    case 'LOOK':
    case 'SCAN': {
      const center = command.center ?? source.place()
      if (!center) return refused('The bot is nowhere yet: name a center.')
      if (action === 'LOOK' && !source.goTo(center)) return refused('The bot cannot go there now.')
      const sight = await source.scan({ center, radius }, SCAN_TIMEOUT_MS)
      if (action === 'LOOK' && source.kind === 'MINECRAFT' && sight.loaded === 0) return refused(NOT_THERE)
      const isPartial = sight.loaded < sight.columns
      const message = isPartial
        ? `${sight.loaded} of ${sight.columns} columns were loaded.`
        : `All ${sight.columns} columns were loaded.`
      return { ok: true, message, sight }
    }
  }
}
