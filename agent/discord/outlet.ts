import type { REST } from 'discord.js'
import { DiscordAPIError, HTTPError, Routes } from 'discord.js'
import { sentBody, type MessageBody } from './posts/post.ts'

/** Where posts go: a channel of the bot, or a webhook. */
export type Target = { kind: 'channel'; id: string } | { kind: 'webhook'; id: string; token: string }

/** Sends a message. @throws Refused for what will never be taken; another error for what may be tried again */
export type Send = (target: Target, body: MessageBody, nonce: string) => Promise<void>

/** Discord will not take the message, however often it is sent. */
export class Refused extends Error {}

/** The name of a target in logs and in what is stored: without the secret of a webhook. */
export const nameOf = (target: Target): string => `${target.kind} ${target.id}`

/** The address and body of a message. */
function requestOf(target: Target, body: MessageBody, nonce: string) {
  const sent = sentBody(body, nonce)
  if (target.kind === 'channel') return { path: Routes.channelMessages(target.id), body: sent }
  // Webhooks know neither nonces nor buttons.
  const { nonce: _, enforce_nonce: __, components: ___, ...rest } = sent
  return { path: Routes.webhook(target.id, target.token), body: rest }
}

/** Sends by Discord's REST interface. Rate limits are waited for, and 5xx tried again, by the client. */
export function sendByRest(rest: REST, botToken: string | null): Send {
  return async (target, body, nonce) => {
    const request = requestOf(target, body, nonce)
    const isWebhook = target.kind === 'webhook'
    try {
      await rest.post(request.path, {
        body: request.body,
        ...(isWebhook && { auth: false, query: new URLSearchParams({ wait: 'true' }) }),
      })
    } catch (error) {
      const status = error instanceof DiscordAPIError || error instanceof HTTPError ? error.status : 0
      // A bot's token that was reset is an operator's matter: messages wait, as for a restart with the new one.
      if (status === 401 && !isWebhook && botToken) {
        rest.setToken(botToken) // the client has forgotten it
        throw new Error('the token of the bot is refused, check DISCORD_RARE_BOT_TOKEN', { cause: error })
      }
      if (status >= 400 && status < 500 && status !== 429)
        throw new Refused(error instanceof Error ? error.message : String(status))
      throw error
    }
  }
}

/** Prints what would be sent, one line of JSON a message. The secret of a webhook is not printed. */
export function printInstead(print: (line: string) => void): Send {
  return (target, body, nonce) => {
    const shown = target.kind === 'webhook' ? { ...target, token: '…' } : target
    const request = requestOf(shown, body, nonce)
    print(JSON.stringify({ wouldPost: request.path, body: request.body }))
    return Promise.resolve()
  }
}
