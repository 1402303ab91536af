-- Students nominate repositories for the catalog; admins decide. What a platform tells of a nominated repository is read
-- by a job and kept with it.

CREATE TABLE catalog_nomination (
  university_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  platform text NOT NULL,
  owner text NOT NULL,
  name text NOT NULL,
  owner_key text NOT NULL,
  name_key text NOT NULL,
  why text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  duplicate_of_id uuid,
  evidence_state text NOT NULL DEFAULT 'waiting',
  evidence jsonb,
  evidence_at timestamptz(3),
  evidence_failure text,
  evidence_strikes integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  decided_at timestamptz(3),
  decided_by_member_id uuid,
  decision_reason text NOT NULL DEFAULT '',
  CONSTRAINT catalog_nomination_pkey PRIMARY KEY (university_id, id),
  CONSTRAINT catalog_nomination_university_id_fkey FOREIGN KEY (university_id) REFERENCES university (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT catalog_nomination_university_id_member_id_fkey FOREIGN KEY (university_id, member_id) REFERENCES member (university_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT catalog_nomination_university_id_decided_by_member_id_fkey FOREIGN KEY (university_id, decided_by_member_id) REFERENCES member (university_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT catalog_nomination_university_id_duplicate_of_id_fkey FOREIGN KEY (university_id, duplicate_of_id) REFERENCES catalog_nomination (university_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT state_known CHECK (state IN ('open', 'accepted', 'refused', 'duplicate')),
  CONSTRAINT duplicate_names_another CHECK ((state = 'duplicate') = (duplicate_of_id IS NOT NULL) AND duplicate_of_id <> id),
  CONSTRAINT decided_says_when CHECK ((state IN ('accepted', 'refused')) = (decided_at IS NOT NULL)),
  CONSTRAINT refused_says_why CHECK (state <> 'refused' OR decision_reason <> ''),
  CONSTRAINT evidence_state_known CHECK (evidence_state IN ('waiting', 'complete', 'not_found', 'failed')),
  CONSTRAINT complete_has_evidence CHECK ((evidence_state = 'complete') = (evidence IS NOT NULL)),
  CONSTRAINT keys_are_lower_case CHECK (owner_key = lower(owner) AND name_key = lower(name))
);

-- One open nomination a repository: who comes later is pointed to it.
CREATE UNIQUE INDEX catalog_nomination_one_open ON catalog_nomination (university_id, platform, owner_key, name_key) WHERE state = 'open';
-- The queue, longest waiting first; a student's own, newest first, which the weekly limit counts too; who seconded one.
CREATE INDEX catalog_nomination_queue ON catalog_nomination (university_id, state, created_at, id);
CREATE INDEX catalog_nomination_of_member ON catalog_nomination (university_id, member_id, created_at DESC, id DESC);
CREATE INDEX catalog_nomination_seconded ON catalog_nomination (university_id, duplicate_of_id);

GRANT SELECT, INSERT, UPDATE ON catalog_nomination TO yuanfen_app;
ALTER TABLE catalog_nomination ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_university ON catalog_nomination USING (university_id = scope_university()) WITH CHECK (university_id = scope_university());

-- A project is found by the names of all its places. Read often and written seldom: the index is kept in order at once.
DROP INDEX catalog_entry_by_part_of_name;
CREATE FUNCTION places_in_words(keys text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT array_to_string(keys, ' ') $$;
CREATE INDEX catalog_entry_by_part_of_name ON catalog_entry
  USING gin ((owner_key || '/' || name_key || ' ' || places_in_words(home_keys)) gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX catalog_entry_by_home ON catalog_entry USING gin (homes jsonb_path_ops);
ALTER INDEX catalog_entry_by_landing SET (fastupdate = off);
