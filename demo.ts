// npm run demo: Overlord on a data folder of its own, with a pretend shard in front of it. Prints one link that signs
// you in.
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

const here = import.meta.dirname
const env = { LOG_LEVEL: 'warn', ...process.env, DATA_DIR: process.env['DATA_DIR'] ?? 'data/demo', DEMO: '1' }
const characters = process.env['DEMO_CHARACTERS'] ?? '60'
/** How long the link waits for the shard's history before it is shown all the same. */
const PATIENCE_MS = 25_000

function start(file: string, args: string[], hear: (text: string) => void): ChildProcess {
  const child = spawn(process.execPath, [path.join(here, file), ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout!.setEncoding('utf8').on('data', hear)
  return child
}

const children: ChildProcess[] = []
let ending = false
function end(code: number): void {
  if (ending) return
  ending = true
  process.exitCode = code
  for (const child of children.reverse()) child.kill('SIGTERM')
}
process.on('SIGINT', () => end(0))
process.on('SIGTERM', () => end(0))

console.log('Starting Overlord with a pretend shard …')
let banner = ''
let shown = false
const show = () => {
  if (shown || !banner) return
  shown = true
  console.log(banner)
  console.log(`  ${characters} pretend characters are playing. Ctrl-C ends it; the data stays in ${env.DATA_DIR}.\n`)
}

const overlord = start('overlord.js', [], (text) => {
  banner += text
  const url = /Plugins connect to (\S+)/.exec(banner)?.[1]
  if (url && /with the secret.*\n/.test(banner) && children.length === 1) play(url)
})
children.push(overlord)
overlord.once('exit', (code) => end(ending ? 0 : (code ?? 1)))

function play(url: string): void {
  const args = ['--url', url, '--characters', characters, '--seed', '7', '--warm-up']
  const simulator = start('ingest/simulator/main.js', args, (text) => {
    if (text.includes('History sent')) show()
  })
  children.push(simulator)
  simulator.once('exit', (code) => end(ending ? 0 : (code ?? 1)))
  setTimeout(show, PATIENCE_MS).unref()
}
