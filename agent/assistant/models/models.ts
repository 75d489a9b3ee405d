// The drivers there are, as settings name them.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { Log } from '../../../shared/log.ts'
import { builtinDriver } from '../builtin/builtin.ts'
import type { Driver } from '../driver.ts'
import { guildAssistant } from '../personas/guild-assistant.ts'
import type { Persona } from '../personas/persona.ts'
import { tools } from '../../mcp/tools/tools.ts'
import { boundedFetch } from './bounded-fetch.ts'
import { claudeDriver } from './claude/claude-driver.ts'
import type { ClaudeSettings } from './claude/claude-process.ts'
import { modelDriver } from './model-driver.ts'

export const DRIVERS = ['builtin', 'openai', 'anthropic', 'claude'] as const
export type DriverName = (typeof DRIVERS)[number]

/** What our MCP server has for a caller who follows no streams. */
const servedTools = tools.filter(({ needsStream }) => !needsStream).map(({ name }) => name)

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

/** Who answers: the instructions of a model, and what answers without one. */
export interface Part {
  persona: Persona
  fallback: Driver
}

/**
 * The driver that the settings name. Throws when one of them is missing.
 * @param gateway address of `/graphql`: beside it is `/mcp`
 * @param part the assistant of the guild, if it is left out
 */
export function driverOf(
  settings: ModelSettings,
  log: Log,
  gateway: string,
  part: Part = { persona: guildAssistant, fallback: builtinDriver() },
): Driver {
  const { fallback } = part
  const shared = { ...part, log }
  const { driver, url, key, name } = settings
  switch (driver) {
    case 'builtin':
      return fallback
    case 'claude':
      return claudeDriver({ ...shared, settings: claudeSettings(settings, gateway), served: servedTools })
    case 'anthropic': {
      if (!name) throw missing('MODEL_NAME', driver)
      if (!key) throw missing('MODEL_KEY', driver)
      const provider = createAnthropic({ apiKey: key, fetch: boundedFetch, ...(url && { baseURL: url }) })
      return modelDriver({ ...shared, kind: 'ANTHROPIC', model: provider(name), label: name })
    }
    case 'openai': {
      if (!name) throw missing('MODEL_NAME', driver)
      if (!url) throw missing('MODEL_URL', driver, 'for example http://127.0.0.1:11434/v1')
      const provider = createOpenAICompatible({
        name: 'openai-compatible',
        baseURL: url,
        includeUsage: true,
        fetch: boundedFetch,
        ...(key && { apiKey: key }),
      })
      return modelDriver({ ...shared, kind: 'OPENAI_COMPATIBLE', model: provider(name), label: name })
    }
  }
}

const missing = (setting: string, driver: DriverName, hint = '') =>
  new Error(`${setting}: is needed with MODEL_DRIVER=${driver}${hint && `, ${hint}`}.`)

function claudeSettings({ key, url, name, binary, home }: ModelSettings, gateway: string): ClaudeSettings {
  if (!key && !home) throw missing('MODEL_KEY', 'claude', 'or MODEL_HOME, a folder in which the program is signed in')
  return {
    binary: binary ?? 'claude',
    home: home ?? null,
    key: key ?? null,
    url: url ?? null,
    model: name ?? null,
    mcpUrl: new URL('/mcp', gateway).href,
  }
}
