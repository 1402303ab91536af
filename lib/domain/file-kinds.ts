/** Whether a path is documentation: prose by its ending, or anything under a folder of documentation. */
export function isDocumentation(path: string): boolean {
  const folders = path.toLowerCase().split('/')
  const file = folders.pop() ?? ''
  if (/\.(md|mdx|rst|adoc|txt|po|pot)$/.test(file))
    return !/^(requirements|constraints|cmakelists)[\w.-]*\.txt$/.test(file)
  return (
    folders.some((folder) => folder === 'docs' || folder === 'doc') ||
    /^(license|notice|authors|readme|changelog)$/.test(file)
  )
}

const LOCK_FILES = new Set([
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'poetry.lock',
  'uv.lock',
  'pipfile.lock',
  'cargo.lock',
  'go.sum',
  'composer.lock',
  'gemfile.lock',
])

/** Whether a path is most likely written by a machine: lock files, generated code, minified and vendored files, snapshots. */
export function isGenerated(path: string): boolean {
  const folders = path.toLowerCase().split('/')
  const file = folders.pop() ?? ''
  return (
    LOCK_FILES.has(file) ||
    /(_pb2(_grpc)?\.pyi?|\.pb\.(go|cc|h)|\.g\.dart|\.min\.(js|css)|\.snap|\.ipynb|\.map|\.svg)$/.test(file) ||
    /(^|[._-])generated([._-]|$)/.test(file) ||
    folders.some((folder) =>
      ['vendor', 'third_party', 'node_modules', 'dist', '__snapshots__', 'generated'].includes(folder),
    )
  )
}
