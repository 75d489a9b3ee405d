import type { SlashCommandStringOption } from 'discord.js'

/** The name of a character, completed while it is typed. */
export const nameOption = (option: SlashCommandStringOption): SlashCommandStringOption =>
  option.setName('name').setDescription('The character.').setRequired(true).setAutocomplete(true).setMaxLength(64)
