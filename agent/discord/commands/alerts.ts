// What a channel gets: shown and changed by those who manage it.
import { PermissionFlagsBits, SlashCommandBuilder } from 'discord.js'
import type { Memory } from '../memory.ts'
import { momentTag, plain, POST_KINDS, type PostKind } from '../posts/post.ts'
import { answerEmbed, type Options, type Reply } from './command.ts'
import { cutLines } from './who.ts'

const HOUR_MS = 3_600_000
const KINDS = POST_KINDS.map((kind) => ({ name: kind, value: kind }))

export const alertsDefinition = new SlashCommandBuilder()
  .setName('alerts')
  .setDescription('What this channel gets.')
  .setDefaultMemberPermissions(PermissionFlagsBits.ManageMessages)
  .addSubcommand((sub) => sub.setName('list').setDescription('What is muted here.'))
  .addSubcommand((sub) =>
    sub
      .setName('mute')
      .setDescription('Stops posts of a kind in this channel.')
      .addStringOption((o) =>
        o
          .setName('kind')
          .setDescription('The kind.')
          .setRequired(true)
          .addChoices(...KINDS),
      )
      .addStringOption((o) =>
        o.setName('name').setDescription('Only about this character.').setAutocomplete(true).setMaxLength(64),
      )
      .addIntegerOption((o) =>
        o
          .setName('hours')
          .setDescription('For so long; left out, until it is unmuted.')
          .setMinValue(1)
          .setMaxValue(720),
      ),
  )
  .addSubcommand((sub) =>
    sub
      .setName('unmute')
      .setDescription('Posts a kind here again.')
      .addStringOption((o) =>
        o
          .setName('kind')
          .setDescription('The kind.')
          .setRequired(true)
          .addChoices(...KINDS),
      )
      .addStringOption((o) =>
        o.setName('name').setDescription('Only about this character.').setAutocomplete(true).setMaxLength(64),
      ),
  )

/** Answers `/alerts` in a channel. */
export async function answerAlerts(sub: string, options: Options, channel: string, memory: Memory): Promise<Reply> {
  if (sub === 'list') return listed(memory, channel)
  const kind = options.text('kind') as PostKind
  const character = options.text('name')
  const about = `Posts of the kind ${kind}${character ? ` about ${plain(character, 64)}` : ''}`
  if (sub === 'mute') {
    const hours = options.number('hours')
    const until = hours === null ? null : Date.now() + hours * HOUR_MS
    await memory.mute(channel, { kind, character, until })
    return { content: `${about} are muted here ${until ? `until ${moment(until)}` : 'until they are unmuted'}.` }
  }
  const removed = await memory.unmute(channel, kind, character)
  return { content: removed ? `${about} come here again.` : 'Nothing of this was muted here.' }
}

const moment = (ms: number) => momentTag(new Date(ms).toISOString())

function listed(memory: Memory, channel: string): Reply {
  const lines = memory
    .mutes(channel)
    .map(
      ({ kind, character, until }) =>
        `${kind}${character ? ` about ${plain(character, 64)}` : ''}, until ${until ? moment(until) : 'it is unmuted'}`,
    )
  return answerEmbed({ title: 'Muted in this channel', description: cutLines(lines, lines.length) || 'Nothing.' })
}
