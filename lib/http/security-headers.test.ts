import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from '@/lib/http/security-headers'

const production = { nonce: 'bm9uY2U=', isDevelopment: false, isHttps: true }

describe('security headers', () => {
  it('run nothing inline and nothing foreign in production', () => {
    const policy = contentSecurityPolicy(production)
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'")
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("form-action 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/https?:/)
  })

  it('promise https only where there is https', () => {
    expect(securityHeaders(production)).toHaveProperty('Strict-Transport-Security')
    const plain = securityHeaders({ ...production, isHttps: false })
    expect(plain).not.toHaveProperty('Strict-Transport-Security')
    expect(plain['Content-Security-Policy']).not.toContain('upgrade-insecure-requests')
  })
})
