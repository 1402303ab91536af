import { schema as githubSchema } from '@octokit/graphql-schema'
import { buildSchema, GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'

let built: GraphQLSchema | null = null

/** GitHub's whole public schema; takes about half a second, once. */
export function getSchema(): GraphQLSchema {
  built ??= buildSchema(githubSchema.idl, { assumeValid: true })
  return built
}

/** What is asked for but not made here fails by name, so that nobody builds on a silent null. */
export const strictResolver: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  if (typeof source !== 'object' || source === null || !(info.fieldName in source)) {
    throw new GraphQLError(`The sandbox does not know ${info.parentType.name}.${info.fieldName}`)
  }
  const value: unknown = Reflect.get(source, info.fieldName)
  return typeof value === 'function' ? value(args, context, info) : value
}
