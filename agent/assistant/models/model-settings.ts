// Which model answers, as settings name it. Loads no driver.
export const DRIVERS = ['builtin', 'openai', 'anthropic', 'claude'] as const
export type DriverName = (typeof DRIVERS)[number]

export interface ModelSettings {
  driver: DriverName
  /** Base address of the model's interface, for example `http://127.0.0.1:11434/v1`. */
  url?: string | undefined
  key?: string | undefined
  /** The model's name there. */
  name?: string | undefined
  /** The program `claude`, where it answers: its path. */
  binary?: string | undefined
  /** The folder with its login, as its HOME. */
  home?: string | undefined
}
