import type { GraphQLError } from 'graphql'

/** An error in GitHub's form: its type stands at the top, not among the extensions. */
export function shownError(error: GraphQLError): Record<string, unknown> {
  const { type, ...extensions } = error.extensions
  return {
    ...(type ? { type } : {}),
    ...(error.path ? { path: error.path } : {}),
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
    ...(error.locations ? { locations: error.locations } : {}),
    message: error.message,
  }
}

/** A refused query, with the code that GitHub gives for the commonest mistake. */
export function shownValidationError(error: GraphQLError): Record<string, unknown> {
  const match = /^Cannot query field "(.+?)" on type "(.+?)"/.exec(error.message)
  if (!match) return shownError(error)
  const [, fieldName = '', typeName = ''] = match
  return {
    path: ['query', fieldName],
    extensions: { code: 'undefinedField', typeName, fieldName },
    locations: error.locations ?? [],
    message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
  }
}
