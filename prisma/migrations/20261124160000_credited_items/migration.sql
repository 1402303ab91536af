-- What a ledger line is about, in the words of a report, put down once when the line is written: a report over a million
-- lines would otherwise look up the evidence of each. Derived from what the line's hash covers; not covered itself.

ALTER TABLE credit_entry
  ADD COLUMN repository_names text NOT NULL DEFAULT '',
  ADD COLUMN tiers text NOT NULL DEFAULT '',
  ADD COLUMN item_count integer NOT NULL DEFAULT 0;

-- The repositories as the frozen evidence names them, the tiers by rank.
CREATE FUNCTION credited_items(university uuid, claim uuid, calculation jsonb, OUT repository_names text, OUT tiers text, OUT item_count int)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_agg(DISTINCT w.repository_name, '; ' ORDER BY w.repository_name), ''),
         concat_ws(',', CASE WHEN bool_or(i.value ->> 'tier' = 'flagship') THEN 'flagship' END,
                        CASE WHEN bool_or(i.value ->> 'tier' = 'standard') THEN 'standard' END,
                        CASE WHEN bool_or(i.value ->> 'tier' = 'emerging') THEN 'emerging' END),
         count(*)::int
    FROM jsonb_array_elements(coalesce(calculation -> 'items', '[]')) AS i(value)
    LEFT JOIN evidence w ON w.university_id = university AND w.claim_id = claim
         AND w.contribution_id = (i.value ->> 'contributionId')::uuid
$$;

-- A correction is about what the award was about that it answers.
CREATE FUNCTION name_credited_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.corrects_entry_id IS NULL THEN
    SELECT c.repository_names, c.tiers, c.item_count INTO NEW.repository_names, NEW.tiers, NEW.item_count
      FROM credited_items(NEW.university_id, NEW.claim_id, NEW.calculation) c;
  ELSE
    SELECT a.repository_names, a.tiers, a.item_count INTO NEW.repository_names, NEW.tiers, NEW.item_count
      FROM credit_entry a WHERE a.university_id = NEW.university_id AND a.id = NEW.corrects_entry_id;
    -- One that answers nothing is refused by its foreign key, with a word that says so.
    NEW.repository_names := coalesce(NEW.repository_names, '');
    NEW.tiers := coalesce(NEW.tiers, '');
    NEW.item_count := coalesce(NEW.item_count, 0);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER name_credited_items BEFORE INSERT ON credit_entry FOR EACH ROW EXECUTE FUNCTION name_credited_items();

ALTER TABLE credit_entry DISABLE TRIGGER append_only;
UPDATE credit_entry e SET (repository_names, tiers, item_count) = (
  SELECT c.repository_names, c.tiers, c.item_count
    FROM credited_items(e.university_id, e.claim_id, coalesce(
      (SELECT a.calculation FROM credit_entry a WHERE a.university_id = e.university_id AND a.id = e.corrects_entry_id),
      e.calculation)) c);
ALTER TABLE credit_entry ENABLE ALWAYS TRIGGER append_only;
