// A whole Overlord as its users start it: a process of its own, a database of its own, a port of its own.
import { spawn, type ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { dataFolder, postgresEnv } from './ready-cluster.ts'
import { tempFolder } from './temp-folder.ts'
import type { Client } from 'graphql-ws'
import { graphClient, openFeed, type Feed } from './feed.ts'
import { connectPlugin, type TestPlugin } from './plugin.ts'

const SECRET = 'a secret for tests only'
const PASSWORD = 'a password for tests only'
const ROOT = path.join(import.meta.dirname, '..', '..')

export interface Answer<T> {
  status: number
  data: T
  errors?: { message: string; extensions?: { code?: string } }[]
}

export interface TestOverlord extends AsyncDisposable {
  /** `http://localhost:PORT` */
  url: string
  pluginUrl: string
  secret: string
  /** Cookie header of an admin. */
  cookie: string
  /** A token with scope read. */
  token: string
  dataDir: string
  /** What it printed and logged. */
  output(): string
  /** Asks the graph as the admin. Throws on errors unless `mayFail`. */
  graph<T = never>(
    query: string,
    variables?: Record<string, unknown>,
    options?: { headers?: Record<string, string>; mayFail?: boolean },
  ): Promise<Answer<T>>
  /** Subscribes with the token. */
  feed<T>(query: string, field: string, variables?: Record<string, unknown>): Feed<T>
  plugin(character?: string): Promise<TestPlugin>
  kill9(): Promise<void>
  /** Ends it politely; gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Starts it again on the same data and port. */
  restart(): Promise<void>
}

/**
 * `core`: the one processor core it may use, where the system can hold it there. `root`: another tree than this one,
 * built.
 */
// eslint-disable-next-line max-lines-per-function -- the methods of what is started, each a few lines
export async function startOverlord({
  env = {},
  core,
  root = ROOT,
}: { env?: Record<string, string>; core?: number; root?: string } = {}): Promise<TestOverlord> {
  const dataDir = await (env['DATABASE_URL'] || env['DATA_DIR'] ? tempFolder('test') : dataFolder('test'))
  let said = ''
  let child: ChildProcess
  let port = '0'
  const clients = new Set<Client>()

  async function start(): Promise<string> {
    const begun = said.length
    const asStarted = ['--max-semi-space-size=8', '--v8-pool-size=1'] // by npm start
    const command = [process.execPath, ...asStarted, path.join(root, 'dist', 'overlord.js')]
    const [program, ...args] = core === undefined ? command : ['taskset', '-c', String(core), ...command]
    child = spawn(program!, args, {
      env: {
        PATH: process.env['PATH'],
        HOME: dataDir,
        DATA_DIR: dataDir,
        PORT: port,
        SHARED_SECRET: SECRET,
        ADMIN_PASSWORD: PASSWORD,
        LOG_LEVEL: 'warn',
        GAME_SERVER_ADDRESS: 'off', // tests ask nobody on the internet
        ...postgresEnv,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return new Promise((resolve, reject) => {
      const hear = (text: Buffer) => {
        said += text.toString()
        const found = /^\s+(http:\/\/localhost:\d+)\//m.exec(said.slice(begun))
        if (found) resolve(found[1]!)
      }
      child.stdout!.on('data', hear)
      child.stderr!.on('data', hear)
      child.once('exit', (code) => reject(new Error(`Overlord ended with ${code}:\n${said.slice(-3000)}`)))
    })
  }
  const exited = () =>
    new Promise<number | null>((resolve) =>
      child.exitCode !== null || child.signalCode !== null ? resolve(child.exitCode) : child.once('exit', resolve),
    )

  const url = await start()
  port = new URL(url).port
  const signedIn = await fetch(`${url}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: PASSWORD }),
  })
  const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!

  const overlord: TestOverlord = {
    url,
    pluginUrl: `${url.replace('http', 'ws')}/ws/position`,
    secret: SECRET,
    cookie,
    token: '',
    dataDir,
    output: () => said,
    async graph<T>(
      query: string,
      variables = {},
      { headers, mayFail = false }: { headers?: Record<string, string>; mayFail?: boolean } = {},
    ) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(headers ?? { cookie }) },
        body: JSON.stringify({ query, variables }),
      })
      const answer = { status: response.status, ...((await response.json()) as object) } as Answer<T>
      if (answer.errors && !mayFail) throw new Error(`The graph refused: ${JSON.stringify(answer.errors)}`)
      return answer
    },
    feed(query, field, variables) {
      const client = graphClient(`${url.replace('http', 'ws')}/graphql`, overlord.token)
      clients.add(client)
      return openFeed(client, query, field, variables)
    },
    plugin: (character) => connectPlugin(overlord.pluginUrl, { secret: SECRET, ...(character ? { character } : {}) }),
    async kill9() {
      child.kill('SIGKILL')
      await exited()
    },
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return exited()
    },
    async restart() {
      await start()
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.dispose()
      child.kill('SIGTERM')
      await exited()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  const made = await overlord.graph<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "test" }) { secret } }',
  )
  overlord.token = made.data.createToken.secret
  return overlord
}
