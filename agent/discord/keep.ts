import { setTimeout as wait } from 'node:timers/promises'
import { DiscordjsError, DiscordjsErrorCodes } from 'discord.js'
import type { Log } from '../../shared/log.ts'
import { ConnectionEnded } from './connection.ts'
import type { DiscordBot } from './start.ts'

const FIRST_WAIT_MS = 1_000
const MAX_WAIT_MS = 60_000

/**
 * Starts the bot beside everything else: what it needs may be away, and it must hold nobody up. Tried again until it
 * runs, unless Discord refuses the bot. When Discord ends the connection for good, the bot stops and the log says why.
 */
export function keepDiscord(start: () => Promise<DiscordBot>, log: Log): AsyncDisposable {
  const over = new AbortController()
  const running = (async () => {
    for (let failures = 0; !over.signal.aborted; failures++) {
      try {
        const bot = await start()
        void bot.ended.then(async (error) => {
          log.error({ error }, 'Discord ended the connection: the bot stops')
          await bot[Symbol.asyncDispose]()
        })
        return bot
      } catch (error) {
        if (isForGood(error)) {
          log.error({ error }, 'Discord refuses the bot: check DISCORD_RARE_BOT_TOKEN and the application')
          return null
        }
        log.warn({ error }, 'the Discord bot did not start; trying again')
        await wait(Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** failures), undefined, { signal: over.signal }).catch(
          () => undefined,
        )
      }
    }
    return null
  })()
  return {
    async [Symbol.asyncDispose]() {
      over.abort()
      await (await running)?.[Symbol.asyncDispose]()
    },
  }
}

const isForGood = (error: unknown): boolean =>
  error instanceof ConnectionEnded ||
  (error instanceof DiscordjsError && (error.code as DiscordjsErrorCodes) === DiscordjsErrorCodes.TokenInvalid)
