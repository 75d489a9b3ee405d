import path from 'node:path'
import { z } from 'zod'
import { addresses, hostNames, secret, url, whole, word } from '../shared/settings/readers.ts'
import { setting, type Config } from '../shared/settings/setting.ts'
import { LONGEST_MS } from './assistant/run.ts'
import { DRIVERS, type ModelSettings } from './assistant/models/model-settings.ts'
import { common } from '../shared/settings/common.ts'

const LONGEST_SECONDS = LONGEST_MS / 1_000
const GRAPH = 'http://127.0.0.1:4000/graphql'

/** Which model answers, and how it is reached. */
const modelSettings = {
  MODEL_DRIVER: setting(
    word(DRIVERS, 'builtin'),
    'what answers questions to the assistant: `builtin` look-ups without a language model, `openai` for any ' +
      'interface of the OpenAI form (Ollama, vLLM, LM Studio, x.ai, OpenAI), `anthropic`, `claude` for the program ' +
      'of that name',
    { fallback: '`builtin`' },
  ),
  MODEL_URL: setting(
    url('http:', 'https:').optional(),
    'base address of the model’s interface, such as `http://127.0.0.1:11434/v1`',
    { fallback: 'none; of `anthropic`, the vendor’s' },
  ),
  MODEL_KEY: setting(z.string().min(1).optional(), 'the key for it, if it needs one', { fallback: 'none' }),
  MODEL_NAME: setting(z.string().min(1).max(100).optional(), 'the model’s name there', { fallback: 'none' }),
  MODEL_BINARY: setting(
    z.string().min(1).max(1_000).default('claude'),
    'of `claude`: the path of the program, where it is neither beside Node nor in `/usr/local/bin` or `/usr/bin`',
    { fallback: '`claude`' },
  ),
  MODEL_SECONDS: setting(
    whole(LONGEST_SECONDS, 1, LONGEST_SECONDS),
    `how long an answer of the assistant and a turn of the game master may take: 1 to ${LONGEST_SECONDS}`,
    { fallback: `\`${LONGEST_SECONDS}\`` },
  ),
  MODEL_HOME: setting(
    z.string().refine(path.isAbsolute, 'must be an absolute path').max(1_000).optional(),
    'of `claude`: the folder in which it is signed in, as its `HOME`; not needed with `MODEL_KEY`',
    { fallback: 'none' },
  ),
}

/** What the process that answers reads, where it is one of its own. */
export const settings = {
  ...modelSettings,
  ASSISTANT_WEB_HOSTS: setting(
    hostNames('acpedia.org'),
    'hosts of which a language model may read pages, with all names below them, separated by commas; `off` for none',
    { fallback: '`acpedia.org`' },
  ),
  AGENT_TOKEN: common.AGENT_TOKEN,
  GATEWAY_URL: setting(
    addresses(GRAPH),
    'where the assistant, as a process of its own, and `npm run mcp` find the graph; several addresses separated by ' +
      'commas',
    { fallback: `\`${GRAPH}\`` },
  ),
  MCP_TOKEN: setting(
    secret.optional(),
    'the service token with which `npm run mcp` asks the graph: its scopes decide what the tools may read',
    { fallback: 'none' },
  ),
}

/** The same, where the token must be given: there is nobody to make one. */
export const ownSettings = {
  ...settings,
  AGENT_TOKEN: setting(
    z.string('is needed when the assistant runs as a process of its own').pipe(secret),
    common.AGENT_TOKEN.about,
    { fallback: common.AGENT_TOKEN.fallback },
  ),
}

/** What the MCP server over standard input and output reads. Its token must be given. */
export const stdioSettings = {
  MCP_SCHEMA_TOOLS: common.MCP_SCHEMA_TOOLS,
  GATEWAY_URL: settings.GATEWAY_URL,
  MCP_TOKEN: setting(
    z.string('is needed; make one with: npm run token -- create NAME --scopes read').pipe(secret),
    settings.MCP_TOKEN.about,
    { fallback: settings.MCP_TOKEN.fallback },
  ),
}

/** What the process with every room in it reads. */
export const switches = {
  AGENT: setting(word(['on', 'off'], 'on'), '`off` leaves the assistant out of the process with every room in it', {
    fallback: '`on`',
  }),
}

type ModelConfig = Config<typeof modelSettings>

/** The settings of the model together, and how long it may take. */
export const modelOf = (config: ModelConfig): ModelSettings & { longestMs: number } => ({
  longestMs: config.MODEL_SECONDS * 1_000,
  driver: config.MODEL_DRIVER,
  url: config.MODEL_URL,
  key: config.MODEL_KEY,
  name: config.MODEL_NAME,
  binary: config.MODEL_BINARY,
  home: config.MODEL_HOME,
})
