// npm run dev: the server from its sources, restarted on change; generated code kept fresh; the dashboard on Vite's
// own port.
import './check-node.js'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { serverFolders } from './build-missing.js'

process.chdir(path.join(import.meta.dirname, '..'))
const env = { ...process.env, PORT: process.env.PORT ?? '4000' }
/** An editor writes a file more than once. */
const QUIET_MS = 200

const running = new Set()
const watchers = []
let ending = false

/** Runs a program of Node until it ends. */
function start(args, options) {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env, windowsHide: true, ...options })
  running.add(child)
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  void ended.then(() => running.delete(child))
  return { child, ended }
}

/** Lets a program end in order if it watches a channel for that; the others lose nothing. */
const stop = (child) => void (child.connected ? child.disconnect() : child.kill('SIGTERM'))

function end() {
  if (ending) return
  ending = true
  for (const watcher of watchers) watcher.close()
  for (const child of running) if (child !== server?.child || child.connected) stop(child)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)

const generate = () => start(['scripts/build-missing.js', 'codegen']).ended

// The server, in a process group of its own: Ctrl-C reaches this process alone, which ends the server once and waits.
// A tool that watches by itself kills what takes longer than it waits, and the embedded database stays behind.
let server
const startServer = () => {
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc']
  const options = { detached: true, stdio, env: { NODE_ENV: 'development', ...env } } // libraries explain more
  server = start(['--import', 'tsx', 'overlord.ts'], options)
}

let mustGenerate = false
let due
let restarting = Promise.resolve()
async function restart() {
  if (mustGenerate) {
    mustGenerate = false
    await generate()
  }
  if (ending) return
  if (server.child.connected) stop(server.child)
  await server.ended
  if (!ending) startServer()
}

function changed(file) {
  mustGenerate ||= file.endsWith('.graphql')
  clearTimeout(due)
  due = setTimeout(() => void (restarting = restarting.then(restart)), QUIET_MS)
}

const isSource = (file) => /\.(ts|sql|graphql)$/.test(file) && !/\.(gen|test)\.ts$/.test(file)
/** What generating writes. */
const isWritten = (file) => file.split(path.sep).includes('generated') || /^gateway[\\/][^\\/]*\.graphql$/.test(file)

/** Watches a folder; `counts` says which of its files matter, by their paths from the root. */
function watch(folder, recursive, counts) {
  const watcher = fs.watch(folder, { recursive }, (_, name) => {
    const file = path.join(folder, name ?? '')
    if (!ending && name !== null && isSource(file) && !isWritten(file) && counts(file)) changed(file)
  })
  watchers.push(watcher)
}

await generate()
if (!ending) {
  const folders = serverFolders.filter((name) => fs.statSync(name).isDirectory())
  for (const folder of folders) watch(folder, true, () => true)
  watch('.', false, (file) => serverFolders.includes(file))
  watch(path.join('web', 'src'), true, (file) => file.endsWith('.graphql'))
  startServer()
  const vite = start(['node_modules/vite/bin/vite.js', '--config', 'web/vite.config.ts', '--clearScreen', 'false'])
  void vite.ended.then(end)
}
