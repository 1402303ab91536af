-- What a harvest misses is added by a person: commits, reviews, models and datasets beside pull requests. What a number
-- does not say stands in `ref`: a commit's sha, a reviewer's id.
ALTER TABLE contribution ADD COLUMN ref TEXT NOT NULL DEFAULT '';
DROP INDEX contribution_repository_id_kind_number_key;
CREATE UNIQUE INDEX contribution_repository_id_kind_number_ref_key ON contribution (repository_id, kind, number, ref);
ALTER TABLE contribution ADD CONSTRAINT kind_known CHECK (kind IN ('pull_request', 'commit', 'review', 'model', 'dataset'));
ALTER TABLE contribution ADD CONSTRAINT ref_where_needed CHECK ((kind IN ('commit', 'review')) = (ref <> ''));

-- Whom a landed commit proves to have written it as well, by immutable id. Public facts, shared as the contribution is.
CREATE TABLE contribution_co_author (
    contribution_id UUID NOT NULL,
    platform_user_id TEXT NOT NULL,
    platform TEXT NOT NULL,
    login TEXT NOT NULL,
    seen_at TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT contribution_co_author_pkey PRIMARY KEY (contribution_id, platform_user_id)
);
CREATE INDEX contribution_co_author_platform_platform_user_id_idx ON contribution_co_author (platform, platform_user_id);
ALTER TABLE contribution_co_author ADD CONSTRAINT contribution_co_author_contribution_id_fkey
  FOREIGN KEY (contribution_id) REFERENCES contribution (id) ON DELETE RESTRICT ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE ON contribution_co_author TO yuanfen_app;
