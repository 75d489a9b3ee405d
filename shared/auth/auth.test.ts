import { hash as bcrypt } from 'bcryptjs'
import { describe, expect, it } from 'vitest'
import { signViewer, readSignedViewer } from './signed-viewer.ts'
import { checkPassword, hashPassword, isOldHash } from './password.ts'
import { checkPluginSecret } from './secrets.ts'
import { isAtLeast, roleOfScopes, type Viewer } from './viewer.ts'

const viewer: Viewer = {
  kind: 'user',
  id: '1',
  name: 'Larsson',
  role: 'operator',
  session: null,
  needsPassword: false,
  owner: false,
}
const noon = Date.UTC(2026, 5, 20, 12)

describe('a signed viewer', () => {
  it('brings a viewer over, unchanged, for some minutes', () => {
    const signedViewer = signViewer('key', viewer, noon)
    expect(readSignedViewer('key', signedViewer, noon)).toEqual(viewer)
    expect(signViewer('key', viewer, noon + 60_000)).toBe(signedViewer)
    expect(readSignedViewer('key', signedViewer, noon + 3_600_000)).toBeNull()
  })
  it.each([
    [undefined],
    [''],
    ['x.y'],
    [{}],
    [`${Buffer.from('{"until":9e15,"viewer":{"role":"admin"}}').toString('base64url')}.AAAA`],
  ])('is worthless when it is %s', (forged) => {
    expect(readSignedViewer('key', forged, noon)).toBeNull()
  })
  it('signed with another key is worthless', () => {
    expect(readSignedViewer('key', signViewer('other', viewer, noon), noon)).toBeNull()
  })
})

describe('a plugin’s secret', () => {
  const secrets = { current: 'the real one, long enough', legacy: undefined }
  it('[SOC3] is right, wrong, or the well-known placeholder', () => {
    expect(checkPluginSecret('the real one, long enough', secrets)).toBe('welcome')
    expect(checkPluginSecret('your_shared_secret', secrets)).toBe('placeholder')
    expect(checkPluginSecret('wrong', secrets)).toBe('refused')
    expect(checkPluginSecret('', secrets)).toBe('refused')
    expect(checkPluginSecret(undefined, secrets)).toBe('refused')
    expect(checkPluginSecret('your_shared_secret', { ...secrets, legacy: 'your_shared_secret' })).toBe('welcome')
  })
})

describe('a password', () => {
  it('is stored as argon2id and checked in the same time whether the account exists or not', async () => {
    const hash = await hashPassword('correct horse')
    expect(hash).toMatch(/^\$argon2id\$/)
    expect(await checkPassword(hash, 'correct horse')).toBe(true)
    expect(await checkPassword(hash, 'wrong horse')).toBe(false)
    expect(await checkPassword(null, 'nobody has this password')).toBe(false)
    expect(await checkPassword(hash, 'x'.repeat(10_000))).toBe(false)
  })
  it('of elsewhere is checked by bcrypt, unless its hash is broken or would take for ever', async () => {
    const old = '$2b$04$abcdefghijklmnopqrstuuvRXKsGWBcJ3GrMrNRtZPKJyxLVQnGaS'
    expect([isOldHash(old), isOldHash('$argon2id$x')]).toEqual([true, false])
    expect(await checkPassword(await bcrypt('their old one', 4), 'their old one')).toBe(true)
    expect(await checkPassword(await bcrypt('their old one', 4), 'another')).toBe(false)
    expect(await checkPassword(old.replace('$04$', '$31$'), 'x')).toBe(false)
    expect(await checkPassword('$2b$04$short', 'x')).toBe(false)
  })
})

describe('a role', () => {
  it('includes those below it', () => {
    expect(isAtLeast(viewer, 'viewer')).toBe(true)
    expect(isAtLeast(viewer, 'admin')).toBe(false)
    expect([
      roleOfScopes(['read']),
      roleOfScopes(['read', 'command']),
      roleOfScopes(['admin']),
      roleOfScopes([]),
    ]).toEqual(['viewer', 'operator', 'admin', 'viewer'])
  })
})
