// A slash command: its definition for Discord, and its answer from the graph.
import type { APIEmbed, SlashCommandBuilder, SlashCommandOptionsOnlyBuilder } from 'discord.js'
import type { GraphClient } from '../../graph/client.ts'

/** What a command is answered with. */
export interface Reply {
  content?: string
  embeds?: APIEmbed[]
}

/** The options that somebody typed. */
export interface Options {
  text(name: string): string | null
  number(name: string): number | null
}

export interface Command {
  definition: SlashCommandBuilder | SlashCommandOptionsOnlyBuilder
  /** @throws GraphFault with what the graph refuses, in words for people */
  answer(options: Options, context: CommandContext): Promise<Reply>
}

export interface CommandContext {
  graph: GraphClient
  signal: AbortSignal
}

const COLOR = 0x5b8def
/** An embed in the colour of answers. */
export const answerEmbed = (embed: APIEmbed): Reply => ({ embeds: [{ color: COLOR, ...embed }] })

const numbers = new Intl.NumberFormat('en')
/** A whole number with separators; a dash where it is not known. */
export const whole = (value: number | null | undefined): string =>
  value == null ? '–' : numbers.format(Math.round(value))
