// Questions that clients offer their users ready-made.
import type { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'

const asked = (text: string) => ({ messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] })

export function addPrompts(server: McpServer): void {
  server.registerPrompt(
    'guild_report',
    { title: 'How is the guild doing?', description: 'A short report on the whole guild over the last hours.' },
    () =>
      asked(
        'Report briefly how the guild is doing: who is online and where, kills, rares and deaths of the last 24 ' +
          'hours, ' +
          'and alerts that somebody should look at. Use get_fleet_summary, get_live_players, get_recent_rares and ' +
          'get_alerts; name the source of each figure.',
      ),
  )
  server.registerPrompt(
    'character_report',
    {
      title: 'How is this character doing?',
      description: 'State, history and equipment of one character.',
      argsSchema: z.object({ name: z.string().max(100).describe('Name of the character.') }),
    },
    ({ name }) =>
      asked(
        `Report on the character ${JSON.stringify(name)}: where it is and what it does, its last six hours, its ` +
          'quests ' +
          'that are ready, and worn items that soon run out of mana. Use get_player_state, get_history, ' +
          'get_quest_status and get_equipment_cantrips.',
      ),
  )
  server.registerPrompt(
    'better_suit',
    {
      title: 'What could this character wear better?',
      description: 'Single pieces and a whole suit from the guild’s items.',
      argsSchema: z.object({ name: z.string().max(100).describe('Name of the character.') }),
    },
    ({ name }) =>
      asked(
        `What could the character ${JSON.stringify(name)} wear better? First get_upgrade_advice for single pieces, ` +
          'then suitbuilder_search for a whole suit; say who holds each piece, and whether the suit is proved best.',
      ),
  )
}
