import { z } from 'zod'

/** One key of the ring that seals secrets at rest. */
export interface SealingKey {
  readonly id: string
  /** 32 bytes, for AES-256-GCM. */
  readonly key: Uint8Array
}

/** `id:base64,id2:base64`: the first seals, all open. */
export const secretKeyRing = z.string().transform((text, context): readonly SealingKey[] => {
  const ring = text.split(',').map(parseSealingKey)
  const known = ring.filter((key) => key !== null)
  if (known.length < ring.length || new Set(known.map((key) => key.id)).size < known.length) {
    context.addIssue({ code: 'custom' })
    return z.NEVER
  }
  return known
})

function parseSealingKey(entry: string): SealingKey | null {
  const [, id, base64] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/.exec(entry.trim()) ?? []
  if (id === undefined || base64 === undefined) return null
  return { id, key: new Uint8Array(Buffer.from(base64, 'base64')) }
}

const base64Url32Bytes = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** A private Ed25519 key as JWK. */
export const signingKey = z.string().transform((text, context) => {
  const parsed = ed25519PrivateJwk.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  context.addIssue({ code: 'custom' })
  return z.NEVER
})

const ed25519PrivateJwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: base64Url32Bytes,
  d: base64Url32Bytes,
  kid: z.string().min(1),
})

const ed25519PublicJwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: base64Url32Bytes,
  // What is published must not be the private half.
  d: z.undefined().optional(),
  kid: z.string().min(1),
})
const publicJwks = z.array(ed25519PublicJwk)

/** Public Ed25519 keys, as an array of JWKs or as the key set that `/api/ledger/keys` answers; each under a name of its own. */
export const publicKeys = z.string().transform((text, context) => {
  const parsed = z
    .union([publicJwks, z.object({ keys: publicJwks }).transform(({ keys }) => keys)])
    .safeParse(parseJson(text))
  const known = parsed.data ?? []
  if (parsed.success && new Set(known.map(({ kid }) => kid)).size === known.length) return known
  context.addIssue({ code: 'custom' })
  return z.NEVER
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const oauthClient = 'from the OAuth application that you registered at'

/** What each variable should look like, in words for whoever sets it. */
export const shouldBe = {
  DATABASE_URL:
    'postgresql://ROLE:PASSWORD@HOST:PORT/DATABASE, with a role that owns nothing and does not bypass row-level security',
  DATABASE_OWNER_URL: 'postgresql://ROLE:PASSWORD@HOST:PORT/DATABASE, with the role that owns the schema',
  PORT: 'a port number from 1 to 65535',
  TRUSTED_PROXIES: 'how many proxies of yours stand before the web app, from 0 to 10',
  APP_URL: 'the address that people type, without a path: https://yuanfen.example.edu (http only on localhost)',
  AUTH_SECRET: 'at least 32 random characters: openssl rand -base64 48',
  SEALING_KEYS:
    'id:key, several by comma, the first seals; each key 32 bytes in base64: 2026a:$(openssl rand -base64 32)',
  LEDGER_SIGNING_KEY: 'a private Ed25519 key as JSON Web Key with a kid: npm run -s key -- ledger',
  LEDGER_FORMER_KEYS:
    'the public halves of signing keys used before, as APP_URL/api/ledger/keys answered them: {"keys":[…]}; names that differ, none of them the present key',
  GITHUB_URL: 'the address of GitHub or a GitHub Enterprise Server: https://github.com',
  GITHUB_API_URL: "the address of GitHub's API: https://api.github.com",
  GITHUB_CLIENT_ID: `the client id ${oauthClient} GitHub`,
  GITHUB_CLIENT_SECRET: `the client secret ${oauthClient} GitHub`,
  GITEE_URL: 'the address of Gitee: https://gitee.com',
  GITEE_CLIENT_ID: `the client id ${oauthClient} Gitee`,
  GITEE_CLIENT_SECRET: `the client secret ${oauthClient} Gitee`,
  GITCODE_URL: 'the address of GitCode: https://gitcode.com',
  GITCODE_API_URL: "the address of GitCode's API: https://api.gitcode.com/api/v5",
  GITCODE_CLIENT_ID: `the client id ${oauthClient} GitCode, or left out with its secret`,
  GITCODE_CLIENT_SECRET: `the client secret ${oauthClient} GitCode, or left out with its client id`,
  HUGGINGFACE_URL: 'the address of the Hugging Face Hub: https://huggingface.co',
  HUGGINGFACE_CLIENT_ID: `the client id ${oauthClient} Hugging Face, or left out with its secret`,
  HUGGINGFACE_CLIENT_SECRET: `the client secret ${oauthClient} Hugging Face, or left out with its client id`,
  WORKER_CONCURRENCY: 'how many jobs one worker does at once, from 1 to 64',
  LOG_LEVEL: 'debug, info, warn, error or silent',
} as const
