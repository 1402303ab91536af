-- Which filing a file was of, where an index can find it. It can only say what the filter says.
ALTER TABLE report_export ADD COLUMN filing_id uuid GENERATED ALWAYS AS ((filter ->> 'filingId')::uuid) STORED;

-- The downloads of one filing, newest first.
CREATE INDEX report_export_of_filing ON report_export (university_id, filing_id, created_at DESC, id DESC)
  WHERE filing_id IS NOT NULL;
