-- A file of a university's own words on the catalog, looked at before anything is written: as with rosters.

CREATE TABLE catalog_import (
  university_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  file_name text NOT NULL,
  file_sha256 text NOT NULL,
  rows jsonb NOT NULL,
  problems jsonb NOT NULL,
  summary jsonb NOT NULL,
  state text NOT NULL DEFAULT 'previewed',
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  applied_at timestamptz(3),
  CONSTRAINT catalog_import_pkey PRIMARY KEY (university_id, id),
  CONSTRAINT catalog_import_university_id_fkey FOREIGN KEY (university_id) REFERENCES university (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT catalog_import_university_id_member_id_fkey FOREIGN KEY (university_id, member_id) REFERENCES member (university_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT state_known CHECK (state IN ('previewed', 'applied', 'discarded')),
  CONSTRAINT applied_says_when CHECK ((state = 'applied') = (applied_at IS NOT NULL))
);
CREATE INDEX catalog_import_newest ON catalog_import (university_id, created_at DESC, id DESC);
CREATE INDEX catalog_import_of_member ON catalog_import (university_id, member_id, state);

GRANT SELECT, INSERT, UPDATE ON catalog_import TO yuanfen_app;
ALTER TABLE catalog_import ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_university ON catalog_import USING (university_id = scope_university()) WITH CHECK (university_id = scope_university());
