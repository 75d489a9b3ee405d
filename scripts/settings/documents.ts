import { parse } from 'yaml'
import { readConfig, type Setting, type Settings } from '../../shared/settings/setting.ts'

const BEGIN = '<!-- settings: written by npm run codegen -->'
const END = '<!-- end of settings -->'

/** Settings that follow each other with the same text, together. */
function groupsOf(settings: Settings): [string, Setting][][] {
  const groups: [string, Setting][][] = []
  for (const entry of Object.entries(settings)) {
    const last = groups.at(-1)
    if (last?.[0]![1].about === entry[1].about) last.push(entry)
    else groups.push([entry])
  }
  return groups
}

/** README.md with its table of settings as they are declared. */
export function readmeWith(readme: string, settings: Settings): string {
  const [before, after] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (before < 0 || after < before) throw new Error(`README.md has no place for settings: ${BEGIN} … ${END}`)
  const rows = groupsOf(settings).map((group) => {
    const names = group.map(([name]) => `\`${name}\``).join(' ')
    return `| ${names} | ${group.map(([, { fallback }]) => fallback).join(' ')} | ${group[0]![1].about} |`
  })
  const table = ['| setting | default | what |', '| --- | --- | --- |', ...rows].join('\n')
  return `${readme.slice(0, before)}${BEGIN}\n\n${table}\n\n${readme.slice(after)}`
}

/** What the services of a compose file leave to `.env`: a default by name, empty where there is none. */
function namesIn(compose: string): Map<string, string> {
  const { services } = parse(compose, { merge: true }) as {
    services: Record<string, { environment?: Record<string, unknown> }>
  }
  const values = Object.values(services).flatMap(({ environment }) => Object.values(environment ?? {}))
  const found = new Map<string, string>()
  for (const value of values)
    for (const [, name, sign, rest] of String(value).matchAll(/\$\{(\w+)(?::([-?+])([^}]*))?\}/g))
      found.set(name!, sign === '-' ? rest! : '')
  return found
}

const HEADER = `# For docker compose. Copy to .env and fill in; \`openssl rand -base64 24\` makes a good secret.
# Written by npm run codegen, from docker-compose.yml and the settings of the rooms.
`

/** `.env.example`: what the compose file leaves to it. Throws for a default there that is not the setting's own. */
export function envExample(compose: string, settings: Settings): string {
  const names = namesIn(compose)
  const ofComposeAlone = [...names.keys()].filter((name) => !settings[name]).map((name) => `${name}=\n`)
  const groups = groupsOf(settings)
    .map((group) => group.filter(([name]) => names.has(name)))
    .filter((group) => group.length)
  const lines = groups.map((group) => {
    for (const [name, setting] of group) mustBeSame(name, setting, names.get(name)!)
    const { about, inCompose } = group[0]![1]
    const text = (inCompose ?? `${about[0]!.toUpperCase()}${about.slice(1)}.`).replaceAll('`', '').replace(/\.\.$/, '.')
    return `# ${text.split('\n').join('\n# ')}\n${group.map(([name]) => `${name}=${names.get(name)}\n`).join('')}`
  })
  return [HEADER, ...ofComposeAlone, ...lines].join('')
}

function mustBeSame(name: string, setting: Setting, given: string): void {
  const read = (env: Record<string, string>) => JSON.stringify(readConfig({ [name]: setting }, env))
  if (read({ [name]: given }) !== read({}))
    throw new Error(`docker-compose.yml has another default for ${name} than the setting: ${given}`)
}
