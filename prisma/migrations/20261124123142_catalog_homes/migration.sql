-- A project may stand at several places: one entry, with its other homes and its mirrors. The keys are for looking up.
ALTER TABLE catalog_entry ADD COLUMN homes JSONB NOT NULL DEFAULT '[]';
ALTER TABLE catalog_entry ADD COLUMN home_keys TEXT[] NOT NULL DEFAULT '{}';
CREATE INDEX catalog_entry_home_keys_idx ON catalog_entry USING GIN (home_keys);
ALTER TABLE catalog_entry ADD CONSTRAINT homes_are_a_list CHECK (jsonb_typeof(homes) = 'array');
