import { SlashCommandBuilder } from 'discord.js'
import { plain } from '../posts/post.ts'
import { answerEmbed, type Command } from './command.ts'
import { DiscordFindDocument } from './find.query.gen.ts'
import { cutLines } from './who.ts'

const MAX_ROWS = 50

export const find: Command = {
  definition: new SlashCommandBuilder()
    .setName('find')
    .setDescription('Who has an item, by words of its name.')
    .addStringOption((option) =>
      option.setName('item').setDescription('Words of its name.').setRequired(true).setMinLength(2).setMaxLength(100),
    )
    .addStringOption((option) =>
      option.setName('name').setDescription('Only what this character has.').setAutocomplete(true).setMaxLength(64),
    ),
  async answer(options, { graph, signal }) {
    const text = options.text('item')!
    const name = options.text('name')
    const where = { text, ...(name && { characters: [name] }) }
    const { items } = await graph.ask(DiscordFindDocument, { where, first: MAX_ROWS }, { signal })
    const count = items?.totalCount ?? 0
    if (!items || !count) return { content: `Nobody has an item with “${plain(text, 100)}” in its name.` }
    const lines = items.nodes.map(
      ({ fullName, stack, equipped, character }) =>
        `**${plain(character?.name ?? 'Somebody', 64)}**: ${plain(fullName ?? 'an item', 120)}` +
        (stack && stack > 1 ? ` × ${stack}` : '') +
        (equipped ? ' (worn)' : ''),
    )
    return answerEmbed({ title: `${count} ${count === 1 ? 'item' : 'items'}`, description: cutLines(lines, count) })
  },
}
