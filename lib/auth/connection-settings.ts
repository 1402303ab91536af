import { z } from 'zod'

const claimName = z.string().min(1).max(64)
const values = z.array(z.string().min(1)).max(50)

/**
 * A university's OpenID Connect sign-in as kept in its connection of kind `oidc` (the client secret stands beside it,
 * sealed). Names of claims and values of roles differ from one university to the next, so both are settings.
 */
export const oidcSettings = z.strictObject({
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  scope: z.string().default('openid profile email'),
  tokenAuthMethod: z.enum(['client_secret_basic', 'client_secret_post']).default('client_secret_basic'),
  claims: z
    .strictObject({
      number: claimName.default('student_number'),
      name: claimName.default('name'),
      roles: claimName.default('roles'),
      department: claimName.default('department'),
      programme: claimName.default('programme'),
      className: claimName.default('class_name'),
      email: claimName.default('email'),
    })
    .prefault({}),
  /** Which values of the roles claim mean which role; any other value means none. */
  roleValues: z
    .strictObject({
      student: values.default(['student']),
      reviewer: values.default(['reviewer']),
      admin: values.default(['admin']),
    })
    .prefault({}),
})

export type OidcSettings = z.infer<typeof oidcSettings>
