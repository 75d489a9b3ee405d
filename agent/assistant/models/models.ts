// The driver that the settings name. The libraries of language models are loaded only where one is configured.
import type { Log } from '../../../shared/log.ts'
import { builtinDriver } from '../builtin/builtin.ts'
import type { Driver } from '../driver.ts'
import { guildAssistant } from '../personas/guild-assistant.ts'
import type { Persona } from '../personas/persona.ts'
import { tools } from '../../mcp/tools/tools.ts'
import type { ClaudeSettings } from './claude/claude-process.ts'
import type { DriverName, ModelSettings } from './model-settings.ts'

/** What the gateway's MCP server has for a caller who follows no streams. */
const servedTools = tools.filter(({ needsStream }) => !needsStream).map(({ name }) => name)

/** Who answers: the instructions of a model, and what answers without one. */
export interface Part {
  persona: Persona
  fallback: Driver
  /** Its tools exist in this process alone: the gateway's MCP server does not have them. */
  hasOwnTools: boolean
}

/**
 * The driver that the settings name. Throws when one of them is missing.
 * @param gateway address of `/graphql`: beside it is `/mcp`
 * @param part the assistant of the guild, if it is left out
 */
export async function driverOf(
  settings: ModelSettings,
  log: Log,
  gateway: string,
  part: Part = { persona: guildAssistant, fallback: builtinDriver(), hasOwnTools: false },
): Promise<Driver> {
  const { persona, fallback, hasOwnTools } = part
  const shared = { persona, fallback, log }
  const { driver, url, key, name } = settings
  switch (driver) {
    case 'builtin':
      return fallback
    case 'claude': {
      const claude = claudeSettings(settings)
      const { claudeDriver, gatewayTools, ownTools } = await import('./claude/claude-driver.ts')
      const serve = hasOwnTools
        ? ownTools(persona)
        : gatewayTools(
            new URL('/mcp', gateway).href,
            persona.tools.filter((name) => servedTools.includes(name)),
          )
      return claudeDriver({ ...shared, settings: claude, serve })
    }
    case 'anthropic': {
      if (!name) throw missing('MODEL_NAME', driver)
      if (!key) throw missing('MODEL_KEY', driver)
      const { anthropicModel, modelDriver } = await import('./language-models.ts')
      return modelDriver({ ...shared, kind: 'ANTHROPIC', model: anthropicModel(name, key, url), label: name })
    }
    case 'openai': {
      if (!name) throw missing('MODEL_NAME', driver)
      if (!url) throw missing('MODEL_URL', driver, 'for example http://127.0.0.1:11434/v1')
      const { modelDriver, openAiModel } = await import('./language-models.ts')
      return modelDriver({ ...shared, kind: 'OPENAI_COMPATIBLE', model: openAiModel(name, url, key), label: name })
    }
  }
}

const missing = (setting: string, driver: DriverName, hint = '') =>
  new Error(`${setting}: is needed with MODEL_DRIVER=${driver}${hint && `, ${hint}`}.`)

function claudeSettings({ key, url, name, binary, home }: ModelSettings): ClaudeSettings {
  if (!key && !home) throw missing('MODEL_KEY', 'claude', 'or MODEL_HOME, a folder in which the program is signed in')
  return {
    binary: binary ?? 'claude',
    home: home ?? null,
    key: key ?? null,
    url: url ?? null,
    model: name ?? null,
  }
}
