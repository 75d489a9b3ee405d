import { SlashCommandBuilder } from 'discord.js'
import { momentTag, plain } from '../posts/post.ts'
import { answerEmbed, type Command } from './command.ts'
import { DiscordRaresDocument } from './rares.query.gen.ts'
import { cutLines } from './who.ts'

const HOUR_MS = 3_600_000
const DEFAULT_HOURS = 24
const MAX_ROWS = 50

export const rares: Command = {
  definition: new SlashCommandBuilder()
    .setName('rares')
    .setDescription('The rares that were found lately.')
    .addIntegerOption((option) =>
      option.setName('hours').setDescription('How far back: 24 hours by default.').setMinValue(1).setMaxValue(720),
    )
    .addStringOption((option) =>
      option.setName('name').setDescription('Only of this character.').setAutocomplete(true).setMaxLength(64),
    ),
  async answer(options, { graph, signal }) {
    const hours = options.number('hours') ?? DEFAULT_HOURS
    const name = options.text('name')
    const where = {
      since: new Date(Date.now() - hours * HOUR_MS).toISOString(),
      ...(name && { characters: [name] }),
    }
    const { rares: found } = await graph.ask(DiscordRaresDocument, { where, first: MAX_ROWS }, { signal })
    const count = found?.totalCount ?? 0
    const title = `${count} ${count === 1 ? 'rare' : 'rares'} in ${hours} h`
    if (!found || !count) return answerEmbed({ title })
    const lines = found.nodes.map(
      (rare) =>
        `${momentTag(rare.receivedAt, 'R')} **${plain(rare.name, 100)}** (${rare.tier.toLowerCase()}) – ` +
        `${plain(rare.character.name, 64)}${rare.nearestTown ? `, ${plain(rare.nearestTown, 80)}` : ''}`,
    )
    return answerEmbed({ title, description: cutLines(lines, count) })
  },
}
