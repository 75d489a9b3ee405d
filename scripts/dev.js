// npm run dev: the server from its sources, restarted on change; generated code kept fresh; the dashboard on Vite's
// own port.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

process.chdir(path.join(import.meta.dirname, '..'))
/** Commands by their own files: what stands in node_modules/.bin needs a shell on Windows. */
const command = (file, args) => [path.join('node_modules', file), ...args]
const port = process.env.PORT ?? '4000'
const QUIET_MS = 200

const generate = () => spawnSync(process.execPath, ['scripts/build-missing.js', 'codegen'], { stdio: 'inherit' })
generate()
const watchers = []
let due
for (const folder of ['subgraphs', 'web/src']) {
  const watcher = fs.watch(folder, { recursive: true }, (_, file) => {
    if (!file?.endsWith('.graphql')) return
    clearTimeout(due)
    due = setTimeout(generate, QUIET_MS) // an editor writes a file more than once
  })
  watchers.push(watcher)
}

const watch = ['watch', '--clear-screen=false', '--exclude', '**/generated/**', 'overlord.ts']
const children = [
  spawn(process.execPath, command('tsx/dist/cli.mjs', watch), {
    stdio: 'inherit',
    env: { NODE_ENV: 'development', ...process.env, PORT: port },
  }),
  spawn(process.execPath, command('vite/bin/vite.js', ['--config', 'web/vite.config.ts', '--clearScreen', 'false']), {
    stdio: 'inherit',
    env: { ...process.env, PORT: port },
  }),
]
let ending = false
const end = () => {
  if (ending) return
  ending = true
  for (const child of children) child.kill('SIGTERM')
  for (const watcher of watchers) watcher.close()
}
process.on('SIGINT', end)
process.on('SIGTERM', end)
process.on('SIGHUP', end)
for (const child of children) child.once('exit', end)
