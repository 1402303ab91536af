import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { jwtVerify } from 'jose'
import { DEMO_UNIVERSITIES } from '../world/demo-people'

export type Installation = { id: number; university: string }

/** Longest life that GitHub accepts in an app's own JWT, and the clock drift it forgives. */
const JWT_LIFE_SECONDS = 600
const CLOCK_TOLERANCE_SECONDS = 60

/**
 * The app that universities install: its private key signs a JWT, the JWT buys installation tokens.
 * `SANDBOX_GITHUB_APP_KEY` (PEM, private or public) fixes the key; else one is made for this run
 * and handed out at `/_sandbox/github-app`.
 */
export class GitHubApp {
  readonly appId = 1_414_001
  readonly installations: readonly Installation[] = DEMO_UNIVERSITIES.map(({ slug }, index) => ({
    id: 51_700_001 + index,
    university: slug,
  }))
  readonly privateKeyPem: string | null
  readonly #publicKey: KeyObject

  constructor(pem: string | undefined = process.env.SANDBOX_GITHUB_APP_KEY) {
    if (pem) {
      this.privateKeyPem = null
      this.#publicKey = createPublicKey(pem)
      return
    }
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
    this.privateKeyPem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    this.#publicKey = pair.publicKey
  }

  /** App id of a valid JWT; null when signature, issuer or times do not hold. */
  async findAppOfJwt(jwt: string, now: Date): Promise<number | null> {
    if (jwt.split('.').length !== 3) return null
    try {
      const { payload } = await jwtVerify(jwt, this.#publicKey, {
        algorithms: ['RS256'],
        currentDate: now,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['iat', 'exp', 'iss'],
      })
      const lifeSeconds = (payload.exp ?? 0) - Math.floor(now.getTime() / 1000)
      if (lifeSeconds > JWT_LIFE_SECONDS + CLOCK_TOLERANCE_SECONDS) return null
      return payload.iss === String(this.appId) ? this.appId : null
    } catch {
      return null
    }
  }

  findInstallation(id: number): Installation | null {
    return this.installations.find((one) => one.id === id) ?? null
  }
}
