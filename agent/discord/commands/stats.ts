import { SlashCommandBuilder } from 'discord.js'
import { fields } from '../posts/of-event.ts'
import { plain } from '../posts/post.ts'
import { duration } from '../posts/duration.ts'
import { answerEmbed, whole, type Command } from './command.ts'
import { nameOption } from './name-option.ts'
import { DiscordStatsDocument } from './stats.query.gen.ts'

export const stats: Command = {
  definition: new SlashCommandBuilder()
    .setName('stats')
    .setDescription('Kills, deaths, rares and time in the game of a character.')
    .addStringOption(nameOption),
  async answer(options, { graph, signal }) {
    const { character } = await graph.ask(DiscordStatsDocument, { name: options.text('name')! }, { signal })
    if (!character) return { content: 'No character of this name is known.' }
    const { sheet, telemetry, totals, rates, live } = character
    const about = [sheet?.level != null ? `Level ${sheet.level}` : null, sheet?.race, character.tag]
    return answerEmbed({
      title: plain(character.name, 100),
      description: about
        .filter((part): part is string => Boolean(part))
        .map((part) => plain(part, 100))
        .join(' · '),
      fields: fields([
        ['Now', live && telemetry ? `${whole(telemetry.kills)} kills, ${whole(telemetry.killsPerHour)} an hour` : null],
        ['This login', live && telemetry ? duration(telemetry.onlineSeconds) : null],
        ['Last 24 hours', rates ? sums(rates) : null],
        ['In all', totals ? sums(totals) : null],
      ]),
    })
  },
}

const sums = (of: { kills: number; deaths: number; rares: number; onlineSeconds: number }): string =>
  `${whole(of.kills)} kills, ${whole(of.deaths)} deaths, ${whole(of.rares)} rares in ${duration(of.onlineSeconds)}`
