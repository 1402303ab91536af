import { z } from 'zod'
import { signInClaims } from '@/lib/auth/read-claims'
import { cookieName } from '@/lib/auth/session-cookie'
import { open, SealError, seal } from '@/lib/config/sealing'

/** Adding one's other university is done within ten minutes, in the session that it was begun in. */
export const JOIN_SECONDS = 10 * 60

const intent = z.object({ sessionId: z.string(), universityId: z.string(), until: z.number() })
const proof = intent.extend({ claims: signInClaims })

/** "In this session I want to add that university": carried by the browser while it is at the university's page. */
export type JoinIntent = z.infer<typeof intent>
/** The other university's proof, waiting for the person to say yes. */
export type JoinProof = z.infer<typeof proof>

export const joinIntentCookie = () => cookieName('yuanfen-join')
export const joinProofCookie = () => cookieName('yuanfen-join-proof')

export const sealJoinIntent = (value: JoinIntent) => seal(JSON.stringify(value), 'join-intent')
export const sealJoinProof = (value: JoinProof) => seal(JSON.stringify(value), 'join-proof')

/** The intent in a cookie, if it is ours, in time, and of this session. */
export function openJoinIntent(
  sealed: string | undefined,
  sessionId: string | undefined,
  now: Date,
): JoinIntent | null {
  return openAs(intent, 'join-intent', { sealed, sessionId, now })
}

/** The proof in a cookie, if it is ours, in time, and of this session. */
export function openJoinProof(sealed: string | undefined, sessionId: string | undefined, now: Date): JoinProof | null {
  return openAs(proof, 'join-proof', { sealed, sessionId, now })
}

type Carried = { sealed: string | undefined; sessionId: string | undefined; now: Date }

function openAs<T extends JoinIntent>(schema: z.ZodType<T>, context: string, carried: Carried): T | null {
  if (!carried.sealed || carried.sessionId === undefined) return null
  try {
    const value = schema.parse(JSON.parse(open(carried.sealed, context)))
    return value.sessionId === carried.sessionId && value.until > carried.now.getTime() ? value : null
  } catch (error) {
    if (error instanceof SealError) return null
    throw error
  }
}
