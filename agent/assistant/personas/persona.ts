/** What a language model is told about its task, and the only tools it can reach. */
export interface Persona {
  name: string
  /** The system prompt. */
  prompt: string
  /** Names of tools; any other one does not exist for it. */
  tools: readonly string[]
}
