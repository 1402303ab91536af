import {
  contentTypes,
  packageRelations,
  type SheetFrame,
  sheetFoot,
  sheetHead,
  styles,
  workbook,
  workbookRelations,
} from './parts'
import { type ZipPart, zip } from './zip'

/** A sheet: its frame, and its rows as XML, some at a time. They are asked for once, when it is its turn. */
export type Sheet = SheetFrame & { rows: () => AsyncIterable<readonly string[]> | Iterable<readonly string[]> }

/**
 * An Office Open XML workbook (ECMA-376) in pieces, sheet after sheet while its rows come. Its bytes depend on what is in
 * it alone.
 */
export function writeWorkbook(sheets: readonly Sheet[]): AsyncGenerator<Uint8Array> {
  return zip(partsOf(sheets))
}

function* partsOf(sheets: readonly Sheet[]): Generator<ZipPart> {
  yield { path: '[Content_Types].xml', text: contentTypes(sheets.length) }
  yield { path: '_rels/.rels', text: packageRelations() }
  yield { path: 'xl/workbook.xml', text: workbook(sheets) }
  yield { path: 'xl/_rels/workbook.xml.rels', text: workbookRelations(sheets.length) }
  yield { path: 'xl/styles.xml', text: styles() }
  for (const [index, sheet] of sheets.entries()) {
    yield { path: `xl/worksheets/sheet${index + 1}.xml`, text: sheetText(sheet) }
  }
}

async function* sheetText(sheet: Sheet): AsyncGenerator<readonly string[]> {
  yield [sheetHead(sheet)]
  yield* sheet.rows()
  yield [sheetFoot(sheet)]
}
