// A copy of this tree in a temporary folder, changed as docs/adding.md says.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')

/** Without what the runner of this test says to itself: commands in the copy are none of it. */
const OWN_ENV = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'E2E' && name !== 'NODE_ENV' && !name.startsWith('VITEST')),
)

export interface Changed {
  root: string
  /** The files that were added, and those that were changed. */
  added: string[]
  changed: string[]
}

/** Runs a command in a folder; throws what it printed where it fails. */
export function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: OWN_ENV,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${`${stdout}${stderr}`.slice(-6000)}`)
  return stdout
}

/** What git has of this tree, as it stands, with the packages that are installed here. */
async function copyOfTree(): Promise<string> {
  const root = await tempFolder('fifth')
  const files = run(ROOT, 'git', 'ls-files', '-co', '--exclude-standard', '-z').split('\0').filter(Boolean)
  for (const file of files) cpSync(path.join(ROOT, file), path.join(root, file), { force: true })
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'))
  return root
}

/** Follows the page word for word: files it shows are written, lines it shows are put where it says. */
export async function treeByTheBook(): Promise<Changed> {
  const root = await copyOfTree()
  const page = readFileSync(path.join(root, 'docs', 'adding.md'), 'utf8')
  const added: string[] = []
  const changed = new Set<string>()
  for (const [, kind, rest, block] of page.matchAll(/<!-- (file|before): (.+?) -->\n```\w+\n([\s\S]*?)```\n/g)) {
    if (kind === 'file') {
      added.push(rest!)
      mkdirSync(path.join(root, path.dirname(rest!)), { recursive: true })
      writeFileSync(path.join(root, rest!), block!)
      continue
    }
    const at = rest!.indexOf(': ')
    const [file, line] = [path.join(root, rest!.slice(0, at)), rest!.slice(at + 2)]
    const text = readFileSync(file, 'utf8')
    const place = text.split('\n').find((one) => one.trim() === line.trim())
    if (place === undefined) throw new Error(`${rest} is not there`)
    writeFileSync(
      file,
      text.replace(`${place}\n`, () => `${block}${place}\n`),
    )
    changed.add(rest!.slice(0, at))
  }
  return { root, added, changed: [...changed] }
}
