-- The catalog is read in order of platform, owner, name, narrowed by what an admin asks for: each way has an index that
-- keeps that order. Parts of names are found by their trigrams; pg_trgm comes with PostgreSQL and its owner may install it.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX catalog_entry_by_part_of_name ON catalog_entry USING gin ((owner_key || '/' || name_key) gin_trgm_ops);
CREATE INDEX catalog_entry_by_landing ON catalog_entry USING gin (landing jsonb_path_ops);
CREATE INDEX catalog_entry_by_status ON catalog_entry (status, platform, owner_key, name_key);
CREATE INDEX catalog_entry_by_kind ON catalog_entry (kind, platform, owner_key, name_key);
CREATE INDEX catalog_entry_by_tier ON catalog_entry (tier, platform, owner_key, name_key);

-- What a university says is looked up by number too.
CREATE INDEX university_catalog_entry_by_number ON university_catalog_entry (university_id, platform, platform_id);
