-- Reports: cells that no spreadsheet runs, and the name of a repository as its evidence froze it.

-- The same rule as lib/domain/spreadsheet-cell.ts, where the rows are: a test compares them character by character.
-- Most cells begin with a letter, a digit or a Chinese character, which the first line answers without a pattern.
CREATE FUNCTION disarm_cell(cell text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN ascii(cell) BETWEEN 97 AND 122 OR ascii(cell) BETWEEN 65 AND 90 OR ascii(cell) BETWEEN 48 AND 57
      OR ascii(cell) BETWEEN 19968 AND 40959 THEN cell
    WHEN cell ~ '^[\t\r\n]'
      OR cell ~ '^[\u0001-\u0020\u007f-\u00a0\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]*[=+@\u2212\uff1d\uff0b\uff0d\uff20-]'
      THEN '''' || cell
    ELSE cell
  END
$$;

-- A report over a million lines reads this, and not a million documents. It can only say what the frozen document says.
ALTER TABLE evidence ADD COLUMN repository_name text GENERATED ALWAYS AS (content #>> '{repository,fullName}') STORED;

-- The list of filings, newest first.
CREATE INDEX filing_university_id_created_at_idx ON filing (university_id, created_at DESC);
