// Answers slash commands, their completions, and buttons.
import {
  MessageFlags,
  PermissionFlagsBits,
  type APIEmbed,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
} from 'discord.js'
import type { Log } from '../../shared/log.ts'
import { GraphFault } from '../graph/fault.ts'
import type { GraphClient } from '../graph/client.ts'
import { alertsDefinition, answerAlerts } from './commands/alerts.ts'
import type { Command, Options, Reply } from './commands/command.ts'
import { find } from './commands/find.ts'
import { DiscordNamesDocument } from './commands/names.query.gen.ts'
import { rares } from './commands/rares.ts'
import { stats } from './commands/stats.ts'
import { suit } from './commands/suit.ts'
import { where } from './commands/where.ts'
import { who } from './commands/who.ts'
import type { Memory } from './memory.ts'
import { MUTE_MS, readMuteButton } from './posts/buttons.ts'
import { momentTag, plain } from './posts/post.ts'

/** Discord ends an interaction that nobody took after three seconds. */
const DEFER_MS = 1_000
const ANSWER_MS = 30_000

const commands: readonly Command[] = [where, stats, who, rares, find, suit]
const byName = new Map(commands.map((command) => [command.definition.name, command]))

/** The definitions of all commands, as Discord stores them. */
export const definitions = () =>
  [...commands.map(({ definition }) => definition), alertsDefinition].map((d) => d.toJSON())

export interface InteractionOptions {
  graph: GraphClient
  memory: Memory
  /** Commands of other guilds are refused. */
  mayAsk: (guild: string | null) => boolean
  log: Log
}

/** Answers one interaction. Never throws: what fails is answered as such, and logged. */
export async function answer(interaction: Interaction, options: InteractionOptions): Promise<void> {
  try {
    if (interaction.isAutocomplete()) return await complete(interaction, options)
    if (interaction.isChatInputCommand()) return await reply(interaction, replyTo(interaction, options))
    if (interaction.isButton()) return await reply(interaction, press(interaction, options))
  } catch (error) {
    options.log.warn({ error }, 'an interaction could not be answered')
  }
}

const optionsOf = (interaction: ChatInputCommandInteraction): Options => ({
  text: (name) => interaction.options.getString(name),
  number: (name) => interaction.options.getInteger(name),
})

/** Replies to the one who asked alone; first defers what takes longer than a second. */
async function reply(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  made: Promise<Reply>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), DEFER_MS)))
  const first = await Promise.race([made, late])
  clearTimeout(timer)
  if (first !== 'late') return void (await interaction.reply({ ...sendable(first), flags: MessageFlags.Ephemeral }))
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await interaction.editReply(sendable(await made))
}

const sendable = ({ content, embeds }: Reply): { content?: string; embeds?: APIEmbed[]; allowedMentions: object } => ({
  ...(content !== undefined && { content }),
  ...(embeds && { embeds }),
  allowedMentions: { parse: [] },
})

async function replyTo(interaction: ChatInputCommandInteraction, options: InteractionOptions): Promise<Reply> {
  const { graph, memory, mayAsk, log } = options
  if (!mayAsk(interaction.guildId)) return { content: 'This bot does not answer in this server.' }
  const { commandName } = interaction
  try {
    if (commandName === alertsDefinition.name) {
      if (!manages(interaction)) return { content: 'Only those who manage messages here may do this.' }
      const sub = interaction.options.getSubcommand()
      return await answerAlerts(sub, optionsOf(interaction), interaction.channelId, memory)
    }
    const command = byName.get(commandName)
    if (!command) return { content: 'This command is not known any more.' }
    const signal = AbortSignal.timeout(ANSWER_MS)
    return await command.answer(optionsOf(interaction), { graph, signal })
  } catch (error) {
    return failed(error, commandName, log)
  }
}

/** What the graph refuses in its own words; anything else without details, which are logged. */
function failed(error: unknown, command: string, log: Log): Reply {
  if (error instanceof GraphFault && error.code !== 'INTERNAL_SERVER_ERROR')
    return { content: plain(error.message, 1_500) }
  const trace = error instanceof GraphFault ? error.trace : null
  log.warn({ error, command }, 'a command failed')
  return { content: `This could not be answered now. Try again in a moment.${trace ? ` (${trace})` : ''}` }
}

const manages = (interaction: ChatInputCommandInteraction | ButtonInteraction): boolean =>
  interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false

/** Names that contain what is typed, those that begin with it first. */
async function complete(interaction: AutocompleteInteraction, { graph, mayAsk }: InteractionOptions): Promise<void> {
  const text = interaction.options.getFocused().slice(0, 64)
  const allowed = mayAsk(interaction.guildId)
  const signal = AbortSignal.timeout(2_500)
  const found = allowed ? await graph.ask(DiscordNamesDocument, { text }, { signal }).catch(() => null) : null
  const starts = (name: string) => name.toLowerCase().startsWith(text.toLowerCase())
  const names = (found?.characters?.nodes ?? []).map(({ name }) => name)
  names.sort((a, b) => Number(starts(b)) - Number(starts(a)) || (a < b ? -1 : 1))
  await interaction.respond(names.slice(0, 25).map((name) => ({ name: name.slice(0, 100), value: name.slice(0, 100) })))
}

async function press(interaction: ButtonInteraction, { memory, mayAsk, log }: InteractionOptions): Promise<Reply> {
  const mute = readMuteButton(interaction.customId)
  if (!mute || !mayAsk(interaction.guildId)) return { content: 'This button is of no use any more.' }
  if (!manages(interaction)) return { content: 'Only those who manage messages here may do this.' }
  const until = Date.now() + MUTE_MS
  try {
    await memory.mute(interaction.channelId, { ...mute, until })
  } catch (error) {
    return failed(error, 'mute', log)
  }
  const content =
    `Posts of the kind ${mute.kind} about ${plain(mute.character, 64)} are muted in this channel until ` +
    `${momentTag(new Date(until).toISOString(), 't')}. \`/alerts unmute\` brings them back.`
  return { content }
}
