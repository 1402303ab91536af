'use server'

import { applyCatalogFile } from '@/lib/catalog/apply-catalog-file'
import { discardCatalogFile } from '@/lib/catalog/discard-catalog-file'
import { MAX_CATALOG_FILE_BYTES } from '@/lib/catalog/import-records'
import { previewCatalogFile } from '@/lib/catalog/preview-catalog-file'
import { applyCatalogFileInput, catalogFileUpload, discardCatalogFileInput } from '@/lib/catalog/schema'
import { createAction, type FormAction } from '@/lib/http/action'

const namespace = 'catalogImport'
const PATH = '/admin/catalog/import'

const upload = createAction({
  name: 'catalog.preview_file',
  namespace,
  schema: catalogFileUpload,
  limits: { maxFileBytes: MAX_CATALOG_FILE_BYTES },
  run: async ({ actor, input: { file }, now }) => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { importId } = await previewCatalogFile(actor, { fileName: file.name, bytes }, { now })
    return { redirectTo: `${PATH}/${importId}` }
  },
})

const apply = createAction({
  name: 'catalog.apply_file',
  namespace,
  schema: applyCatalogFileInput,
  run: async ({ actor, input, now }) => {
    await applyCatalogFile(actor, input, { now })
    return { redirectTo: `${PATH}/${input.importId}`, flash: 'catalog_imported' }
  },
})

const discard = createAction({
  name: 'catalog.discard_file',
  namespace,
  schema: discardCatalogFileInput,
  run: async ({ actor, input, now }) => {
    await discardCatalogFile(actor, input, { now })
    return { redirectTo: PATH, flash: 'roster_discarded' }
  },
})

export const uploadCatalogFileAction: FormAction = async (state, data) => upload(state, data)
export const applyCatalogFileAction: FormAction = async (state, data) => apply(state, data)
export const discardCatalogFileAction: FormAction = async (state, data) => discard(state, data)
