import { SlashCommandBuilder } from 'discord.js'
import { plain } from '../posts/post.ts'
import { answerEmbed, whole, type Command } from './command.ts'
import { nameOption } from './name-option.ts'
import { DiscordSuitDocument, DiscordSuitServerDocument } from './suit.query.gen.ts'
import { cutLines } from './who.ts'

/** The answer is deferred; Discord waits for minutes, people do not. */
const SEARCH_SECONDS = 10

export const suit: Command = {
  definition: new SlashCommandBuilder()
    .setName('suit')
    .setDescription('The best suit that a character could wear, of everything the guild has.')
    .addStringOption(nameOption),
  async answer(options, { graph, signal }) {
    const wearer = options.text('name')!
    const { items } = await graph.ask(DiscordSuitServerDocument, { where: { characters: [wearer] } }, { signal })
    const server = items?.nodes[0]?.server
    if (server === undefined) return { content: `No items of ${plain(wearer, 64)} are known.` }
    const input = { server, wearer, timeLimitSeconds: SEARCH_SECONDS }
    const { suit: found } = await graph.ask(DiscordSuitDocument, { input }, { signal })
    if (!found?.suit) return { content: 'No suit was found.' }
    const lines = found.suit.pieces.map(
      ({ name, places, points, owner }) =>
        `${places.map(placeName).join(', ')}: **${plain(name, 100)}** of ${plain(owner.name, 64)} (${whole(points)})`,
    )
    return answerEmbed({
      title: `A suit for ${plain(wearer, 64)}: ${whole(found.suit.score.total)} points`,
      description: cutLines(lines, lines.length),
      ...(found.status === 'STOPPED' && { footer: { text: 'Time was up: a better one may exist.' } }),
    })
  },
}

const placeName = (place: string): string => place.toLowerCase().replaceAll('_', ' ')
