// The settings that several rooms use. Those of one room alone are declared in its own settings.ts.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { natsSettings } from './nats.ts'
import { flag, secret, url, whole, word } from './readers.ts'
import { setting } from './setting.ts'

const holdsPostgres = (folder: string) =>
  ['', '.exe'].some((ending) => existsSync(path.join(folder, 'bin', `postgres${ending}`)))

export const common = {
  HOST: setting(z.string().default('127.0.0.1'), 'address to listen on; `0.0.0.0` for all addresses', {
    fallback: '`127.0.0.1`',
  }),
  DATA_DIR: setting(z.string().default('./data'), 'the embedded database, and secrets made at the first start', {
    fallback: '`./data`',
  }),
  DATABASE_URL: setting(url('postgres:', 'postgresql:').optional(), 'a Postgres of your own, 15 or newer', {
    fallback: 'embedded',
  }),
  POSTGRES_DIR: setting(
    z.string().refine(holdsPostgres, 'must be a folder with the bin/postgres of a Postgres 15 or newer').optional(),
    'a folder with the `bin` of another Postgres, 15 or newer, to run as the embedded one, such as ' +
      '`/usr/lib/postgresql/17`; ' +
      'for systems that no package is made for, for example',
    { fallback: 'that of the package' },
  ),
  ...natsSettings,
  SHARED_SECRET: setting(secret.optional(), 'what plugins must send; at least 16 characters', {
    fallback: 'made once',
  }),
  SECRET_KEY: setting(secret.optional(), 'signs sessions; at least 16 characters', {
    fallback: 'made once',
    inCompose: 'Signs sessions and what the gateway sends to the subgraphs; at least 16 characters.',
  }),
  AGENT_TOKEN: setting(
    secret.optional(),
    'the token of the assistant, with the scope `agent`: the gateway knows it, and the assistant shows ' +
      'it; at least 16 characters',
    {
      fallback: 'made once',
      inCompose:
        'What the assistant shows to the gateway: it may take questions and report answers; at least 16 characters.',
    },
  ),
  METRICS_TOKEN: setting(
    secret.optional(),
    'reads `/metrics` of every room as a bearer token, and does nothing else; at least 16 characters',
    { fallback: 'none' },
  ),
  DISK_MIN_MB: setting(
    whole(1_024, 0, 1_000_000_000),
    'how much of the disk of `DATA_DIR` should be free, in MB; with less an alert fires',
    { fallback: '`1024`' },
  ),
  PUBLIC_URL: setting(url('http:', 'https:').optional(), 'how people reach you, such as `https://overlord.example`', {
    fallback: 'none',
  }),
  TRUST_PROXY: setting(flag, '`1` when a proxy of yours sets `X-Forwarded-*`', { fallback: '`0`' }),
  MCP_SCHEMA_TOOLS: setting(
    flag,
    '`1` gives MCP clients tools that search the schema and send queries of their own, within `INTROSPECTION` and ' +
      '`FREE_DOCUMENTS`',
    { fallback: '`0`' },
  ),
  SHARE_LINKS: setting(
    word(['off', 'on'], 'off'),
    '`on` lets people make links that show one view of the map to others without an account, read-only and for a time',
    { fallback: '`off`' },
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    url('http:', 'https:').optional(),
    'a collector of OpenTelemetry, such as `http://localhost:4318`, that traces and metrics are sent to',
    { fallback: 'off' },
  ),
  LOG_FILE: setting(
    z.string().min(1).max(1_000).optional(),
    'a file that log lines are also written to: at 10 MB it is put aside, and five of those are kept. Each process ' +
      'needs one of its own',
    { fallback: 'none' },
  ),
  LOG_LEVEL: setting(
    word(['debug', 'info', 'warn', 'error', 'silent'], 'info'),
    '`debug`, `info`, `warn`, `error` or `silent`',
    { fallback: '`info`' },
  ),
}
