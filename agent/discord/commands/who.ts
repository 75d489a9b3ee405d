import { SlashCommandBuilder } from 'discord.js'
import { cut, LIMITS, plain } from '../posts/post.ts'
import { answerEmbed, whole, type Command } from './command.ts'
import { DiscordWhoDocument } from './who.query.gen.ts'

const MAX_ROWS = 200

export const who: Command = {
  definition: new SlashCommandBuilder()
    .setName('who')
    .setDescription('Which characters are in the game, and what they do.')
    .addStringOption((option) => option.setName('tag').setDescription('Only this group.').setMaxLength(64)),
  async answer(options, { graph, signal }) {
    const tag = options.text('tag')
    const { characters } = await graph.ask(
      DiscordWhoDocument,
      { first: MAX_ROWS, tags: tag ? [tag] : null },
      { signal },
    )
    const count = characters?.totalCount ?? 0
    if (!characters || !count) return { content: 'Nobody is in the game.' }
    const lines = characters.nodes.map(({ name, telemetry, vitals }) => {
      const place = telemetry?.dungeon ?? telemetry?.nearestTown
      const parts = [
        telemetry?.state && plain(telemetry.state, 40),
        telemetry?.killsPerHour ? `${whole(telemetry.killsPerHour)}/h` : null,
        place && plain(place, 60),
        vitals?.vitae ? `vitae ${Math.round(vitals.vitae)} %` : null,
      ].filter(Boolean)
      return `**${plain(name, 64)}**${parts.length ? ` – ${parts.join(', ')}` : ''}`
    })
    return answerEmbed({ title: `${count} in the game`, description: cutLines(lines, count) })
  },
}

/** As many lines as fit, and how many are left out. */
export function cutLines(lines: readonly string[], count: number): string {
  const shown: string[] = []
  let length = 0
  for (const line of lines) {
    if ((length += line.length + 1) > LIMITS.description - 40) break
    shown.push(line)
  }
  const left = count - shown.length
  return cut([...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('\n'), LIMITS.description)
}
