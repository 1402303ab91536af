import { expect, test } from 'vitest'
import { readDiff } from './diff'

const DIFF = `diff --git a/README.md b/README.md
index 1..2 100644
--- a/README.md
+++ b/README.md
@@ -1,4 +1,4 @@
 # Card
-license: mit
--- a removed rule
+license: apache-2.0
+--- a line that looks like a head
 end
diff --git a/model.safetensors b/model.safetensors
new file mode 100644
index 0..3
Binary files /dev/null and b/model.safetensors differ
diff --git a/old name.json b/new name.json
similarity index 90%
rename from old name.json
rename to new name.json
--- a/old name.json
+++ b/new name.json
@@ -2 +2,2 @@
-diff --git a/x b/x
+one
+two
\\ No newline at end of file
diff --git a/gone.txt b/gone.txt
deleted file mode 100644
--- a/gone.txt
+++ /dev/null
@@ -1,2 +0,0 @@
-one
-two
`

test('files, sizes and what became of them; text inside of a change begins no file', () => {
  const files = readDiff(DIFF)
  expect(
    files.map(({ path, previousPath, status, additions, deletions }) => [
      path,
      previousPath,
      status,
      additions,
      deletions,
    ]),
  ).toEqual([
    ['README.md', null, 'modified', 2, 2],
    ['model.safetensors', null, 'added', 0, 0],
    ['new name.json', 'old name.json', 'renamed', 2, 1],
    ['gone.txt', null, 'removed', 0, 2],
  ])
})

test('what has no text has no patch and no hash', () => {
  const [card, weights] = readDiff(DIFF)
  expect(card?.patch).toMatch(/^@@ -1,4 \+1,4 @@\n # Card\n/)
  expect(card?.patchSha256).toMatch(/^[0-9a-f]{64}$/)
  expect([weights?.patch, weights?.patchSha256]).toEqual([null, null])
})

test('nothing is nothing', () => {
  expect(readDiff('')).toEqual([])
})
