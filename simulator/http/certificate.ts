import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'

/** A private key and its certificate, PEM. */
export interface KeyPair {
  key: string
  cert: string
}

/** The certificate of the simulator, and where a client finds it. */
export interface Certificate extends KeyPair {
  /** PEM file for NODE_EXTRA_CA_CERTS. */
  file: string
  remove(): void
}

// Beyond localhost, the public hosts and some that a test may be attacked from: a proxy or a lookup of the
// test's own leads a client here under those names.
const NAMES = [
  'localhost',
  '*.localhost',
  'management.azure.com',
  '*.management.azure.com',
  'management.usgovcloudapi.net',
  'management.chinacloudapi.cn',
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'evil.test',
  '*.evil.test',
  '*.example.test',
]

const made = new Map<string, Promise<KeyPair>>()

/**
 * A key and a certificate for localhost, made once for each owner in a process. Its times are the machine's, since TLS
 * knows no other.
 */
export function keyPairOf(owner: 'simulator' | 'stranger'): Promise<KeyPair> {
  const pair = made.get(owner) ?? createKeyPair()
  made.set(owner, pair)
  return pair
}

async function createKeyPair(): Promise<KeyPair> {
  const day = 24 * 60 * 60 * 1000
  const pair = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + 30 * day),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...NAMES.map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
  return { key: pair.private, cert: pair.cert }
}

/** Makes the simulator's certificate and writes it to a temporary file. */
export async function createCertificate(): Promise<Certificate> {
  const { key, cert } = await keyPairOf('simulator')
  // A text file ends in a newline: what is appended to it (a proxy's certificate, say) begins on a line of its own.
  const pair = { key, cert: `${cert.trimEnd()}\n` }
  const folder = mkdtempSync(join(tmpdir(), 'azure-simulator-'))
  const file = join(folder, 'ca.pem')
  writeFileSync(file, pair.cert)
  return { ...pair, file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
