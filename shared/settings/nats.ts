import { z } from 'zod'
import { urls } from './readers.ts'
import { setting } from './setting.ts'

const file = z.string().min(1).optional()
const withoutUser = (text: string) =>
  text.split(',').every((one) => !URL.canParse(one.trim()) || !new URL(one.trim()).username)

/** Servers of the broker, separated by commas. */
export const natsUrls = urls('nats:', 'tls:').refine(
  withoutUser,
  'must have no user or password in it: set NATS_USER and NATS_PASSWORD',
)

/** Where the broker is, and how this process shows who it is. */
export const natsSettings = {
  NATS_URL: setting(
    natsUrls.optional(),
    'a NATS server, when rooms run as processes of their own; the servers of a cluster separated by commas',
    { fallback: 'in-process' },
  ),
  NATS_USER: setting(z.string().min(1).optional(), 'the user of the NATS server, with `NATS_PASSWORD`', {
    fallback: 'none',
  }),
  NATS_PASSWORD: setting(z.string().min(1).optional(), 'the password of `NATS_USER`', {
    fallback: 'none',
    inCompose: 'The password of the NATS server, which carries what characters say; at least 16 characters.',
  }),
  NATS_TOKEN: setting(z.string().min(1).optional(), 'a token of the NATS server, instead of a user', {
    fallback: 'none',
  }),
  NATS_CREDS: setting(file, 'a `.creds` file for the NATS server, instead of a user', { fallback: 'none' }),
  NATS_NKEY: setting(file, 'a file with the seed of an nkey for the NATS server, instead of a user', {
    fallback: 'none',
  }),
  NATS_CA: setting(file, 'a PEM file with the authority of the NATS server’s certificate, for TLS', {
    fallback: 'those of Node',
  }),
  NATS_CERT: setting(file, 'a PEM file with the certificate that this process shows to the NATS server', {
    fallback: 'none',
  }),
  NATS_KEY: setting(file, 'a PEM file with the key of `NATS_CERT`', { fallback: 'none' }),
}
