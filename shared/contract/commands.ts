// How a command finds the plugin: told to every ingest process, answered by the one that holds the character's socket.

export const COMMAND_TOPIC = 'plugin.command'
/** Where the answer to one command is told. */
export const replyTopic = (id: string): string => `plugin.reply.${id}`

export interface CommandEvent {
  id: string
  character: string
  command: string
}

/** What the plugin gets: the envelope the original's browser sent, word for word. */
export interface CommandEnvelope {
  player_name: string
  command: string
}
