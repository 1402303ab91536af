import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

/** GitHub's documented limits. */
export const NODE_LIMIT = 500_000
const RECORDS_LIMIT = 100
const IDS_LIMIT = 100
const REQUESTS_PER_POINT = 100

export type CostProblem = { type: string; message: string; path: readonly string[] }
export type Cost = { points: number; nodeCount: number; problems: readonly CostProblem[] }

type Walk = {
  schema: GraphQLSchema
  fragments: ReadonlyMap<string, FragmentDefinitionNode>
  variables: Readonly<Record<string, unknown>>
  requests: number
  nodes: number
  problems: CostProblem[]
}

/**
 * Points and nodes as GitHub counts them before it runs a query: each connection asks once for every node above it;
 * a hundred of these requests are a point, at least one. (docs.github.com, "Rate limits and query limits for the GraphQL API".)
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition)
  }
  const walk: Walk = { schema, fragments, variables, requests: 0, nodes: 0, problems: [] }
  const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType()
  if (root) walkSelection(walk, operation.selectionSet, { type: root, above: 1, path: ['query'] })
  if (walk.nodes > NODE_LIMIT) {
    const counted = walk.nodes.toLocaleString('en-US')
    const message = `This query requests up to ${counted} possible nodes which exceeds the maximum limit of 500,000.`
    walk.problems.push({ type: 'MAX_NODE_LIMIT_EXCEEDED', message, path: [] })
  }
  const points = Math.max(1, Math.round(walk.requests / REQUESTS_PER_POINT))
  return { points, nodeCount: walk.nodes, problems: walk.problems }
}

type Place = { type: GraphQLNamedType; above: number; path: readonly string[] }

function walkSelection(walk: Walk, selections: SelectionSetNode, place: Place): void {
  for (const selection of selections.selections) {
    if (selection.kind === 'Field') walkField(walk, selection, place)
    else if (selection.kind === 'InlineFragment') {
      const type = selection.typeCondition ? walk.schema.getType(selection.typeCondition.name.value) : place.type
      if (type) walkSelection(walk, selection.selectionSet, { ...place, type })
    } else {
      const fragment = walk.fragments.get(selection.name.value)
      const type = fragment && walk.schema.getType(fragment.typeCondition.name.value)
      if (fragment && type) walkSelection(walk, fragment.selectionSet, { ...place, type })
    }
  }
}

function walkField(walk: Walk, field: FieldNode, { type, above, path }: Place): void {
  if (!field.selectionSet || !(isObjectType(type) || isInterfaceType(type))) return
  const name = field.name.value
  const definition = type.getFields()[name]
  if (!definition) return
  const inner = getNamedType(definition.type)
  if (!isCompositeType(inner)) return
  const below = [...path, field.alias?.value ?? name]
  const isConnection =
    definition.args.some((argument) => argument.name === 'first') && inner.name.endsWith('Connection')
  if (isConnection) {
    const records = recordsOf(walk, field, below)
    walk.requests += above
    walk.nodes += above * records
    walkSelection(walk, field.selectionSet, { type: inner, above: above * records, path: below })
    return
  }
  const times = name === 'nodes' && type.name === 'Query' ? idsOf(walk, field, below) : 1
  if (times > 1) walk.nodes += times
  walkSelection(walk, field.selectionSet, { type: inner, above: above * times, path: below })
}

function recordsOf(walk: Walk, field: FieldNode, path: readonly string[]): number {
  const name = field.name.value
  for (const argument of ['first', 'last']) {
    const value = argumentOf(walk, field, argument)
    if (typeof value !== 'number') continue
    if (value > RECORDS_LIMIT) {
      const message = `Requesting ${value} records on the \`${name}\` connection exceeds the \`${argument}\` limit of ${RECORDS_LIMIT} records.`
      walk.problems.push({ type: 'EXCESSIVE_PAGINATION', message, path })
    } else if (value < 1) {
      const message = `\`${argument}\` on the \`${name}\` connection must be at least 1.`
      walk.problems.push({ type: 'INVALID_PAGINATION', message, path })
    }
    return value
  }
  const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`
  walk.problems.push({ type: 'MISSING_PAGINATION_BOUNDARIES', message, path })
  return 0
}

function idsOf(walk: Walk, field: FieldNode, path: readonly string[]): number {
  const ids = argumentOf(walk, field, 'ids')
  const count = Array.isArray(ids) ? ids.length : 1
  if (count > IDS_LIMIT) {
    const message = `You may not provide more than ${IDS_LIMIT} node ids; you provided ${count}.`
    walk.problems.push({ type: 'ARGUMENT_LIMIT', message, path })
  }
  return Math.max(1, count)
}

function argumentOf(walk: Walk, field: FieldNode, name: string): unknown {
  const value = field.arguments?.find((argument) => argument.name.value === name)?.value
  return value && givenValue(walk, value)
}

function givenValue(walk: Walk, value: ValueNode): unknown {
  if (value.kind === 'Variable') return walk.variables[value.name.value]
  if (value.kind === 'ListValue') return value.values.map((one) => givenValue(walk, one))
  return value.kind === 'IntValue' ? Number(value.value) : undefined
}
