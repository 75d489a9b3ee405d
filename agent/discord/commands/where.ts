import { SlashCommandBuilder } from 'discord.js'
import { fields } from '../posts/of-event.ts'
import { momentTag, placeText, plain } from '../posts/post.ts'
import { answerEmbed, type Command } from './command.ts'
import { DiscordWhereDocument } from './where.query.gen.ts'
import { nameOption } from './name-option.ts'

export const where: Command = {
  definition: new SlashCommandBuilder()
    .setName('where')
    .setDescription('Where a character is, or was last.')
    .addStringOption(nameOption),
  async answer(options, { graph, signal }) {
    const { character } = await graph.ask(DiscordWhereDocument, { name: options.text('name')! }, { signal })
    if (!character) return { content: 'No character of this name is known.' }
    const { telemetry, vitals, live } = character
    const seen = telemetry?.receivedAt ?? character.lastSeenAt
    const state = telemetry?.state
    return answerEmbed({
      title: plain(character.name, 100),
      description: telemetry ? (placeText(telemetry) ?? 'Its place is not shown.') : 'It has not reported its place.',
      fields: fields([
        ['In the game', live ? 'yes' : 'no'],
        ['State', live && state ? plain(state, 100) : null],
        ['Health', live && vitals?.healthPercent != null ? `${Math.round(vitals.healthPercent)} %` : null],
        ['Vitae', live && vitals?.vitae ? `${Math.round(vitals.vitae)} %` : null],
        ['Last seen', seen ? momentTag(seen, 'R') : null],
      ]),
    })
  },
}
