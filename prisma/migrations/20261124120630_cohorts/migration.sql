-- A night reads a university's accounts many a request. What others than its owner see of an account is a state of its
-- own: a private profile and a suspended account look like "nothing new", and are not.

-- AlterTable
ALTER TABLE "linked_account" ADD COLUMN     "visibility" TEXT NOT NULL DEFAULT 'unknown',
ADD COLUMN     "visibility_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "cohort_pass" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "after_member_id" UUID,
    "batch_size" INTEGER NOT NULL,
    "accounts" INTEGER NOT NULL DEFAULT 0,
    "changed_accounts" INTEGER NOT NULL DEFAULT 0,
    "hidden_accounts" INTEGER NOT NULL DEFAULT 0,
    "inserted" INTEGER NOT NULL DEFAULT 0,
    "refreshed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "allowance_remaining" INTEGER,
    "allowance_reset_at" TIMESTAMPTZ(3),
    "failure_kind" TEXT,
    "retry_at" TIMESTAMPTZ(3),

    CONSTRAINT "cohort_pass_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateIndex
CREATE INDEX "cohort_pass_university_id_platform_started_at_idx" ON "cohort_pass"("university_id", "platform", "started_at" DESC);

-- AddForeignKey
ALTER TABLE "cohort_pass" ADD CONSTRAINT "cohort_pass_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE linked_account ADD CONSTRAINT visibility_known CHECK (visibility IN ('unknown', 'visible', 'private', 'suspended'));
ALTER TABLE linked_account ADD CONSTRAINT visibility_has_time CHECK ((visibility = 'unknown') = (visibility_at IS NULL));
-- Every account is written once a night: room on its page keeps that from touching its indexes.
ALTER TABLE linked_account SET (fillfactor = 85);

ALTER TABLE cohort_pass ADD CONSTRAINT state_known CHECK (state IN ('running', 'waiting', 'done', 'failed'));
-- One night at a time.
CREATE UNIQUE INDEX cohort_pass_one_open ON cohort_pass (university_id, platform) WHERE state IN ('running', 'waiting');
ALTER TABLE cohort_pass ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_university ON cohort_pass USING (university_id = scope_university()) WITH CHECK (university_id = scope_university());
GRANT SELECT, INSERT, UPDATE ON cohort_pass TO yuanfen_app;

-- What a night read of the scope's own members, written at once: an account's state and names, its watermark where
-- something was seen, and a run with its skipped records where something was new. Accounts are a person's own, which a
-- university reads and does not write; this is what it may write of them, and only of its active members' accounts.
-- Returns whom to tell that their account is hidden since now.
CREATE FUNCTION record_cohort_readings(readings jsonb, read_source text, read_at timestamptz)
RETURNS TABLE (hidden_member_id uuid, hidden_platform text, hidden_login text, hidden_visibility text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  university uuid := public.scope_university();
BEGIN
  RETURN QUERY
  WITH reading AS MATERIALIZED (
    SELECT r.*, a.person_id, a.platform, a.visibility AS visibility_before, m.id AS member_id
      FROM jsonb_to_recordset(readings) AS r(
             account_id uuid, run_id uuid, visibility text, login text, node_id text, watermark_at timestamptz,
             seen int, inserted int, refreshed int, unchanged int, skips jsonb)
      JOIN public.linked_account a ON a.id = r.account_id AND a.unlinked_at IS NULL
      JOIN public.member m ON m.person_id = a.person_id AND m.university_id = university AND m.status = 'active'
     ORDER BY a.id FOR UPDATE OF a
  ), account AS (
    UPDATE public.linked_account a
       SET synced_at = CASE WHEN r.visibility IN ('private', 'suspended') THEN a.synced_at ELSE read_at END,
           login = COALESCE(r.login, a.login),
           node_id = COALESCE(r.node_id, a.node_id),
           visibility = COALESCE(r.visibility, a.visibility),
           visibility_at = CASE WHEN r.visibility IS NULL OR r.visibility = a.visibility THEN a.visibility_at ELSE read_at END
      FROM reading r WHERE a.id = r.account_id
  ), source AS (
    INSERT INTO public.sync_source (account_id, source, person_id, watermark_at, completed_at)
    SELECT r.account_id, read_source, r.person_id, r.watermark_at, read_at FROM reading r WHERE r.watermark_at IS NOT NULL
    ON CONFLICT (account_id, source) DO UPDATE
      SET watermark_at = GREATEST(sync_source.watermark_at, EXCLUDED.watermark_at), completed_at = EXCLUDED.completed_at,
          pass_cursor = NULL, pass_started_at = NULL, pass_watermark_at = NULL, failure_kind = NULL, failed_at = NULL
  ), run AS (
    INSERT INTO public.sync_run (id, account_id, person_id, university_id, trigger, state, requested_at, started_at, finished_at,
                                 sources_total, sources_done, pages, seen, inserted, refreshed, unchanged, skipped)
    SELECT r.run_id, r.account_id, r.person_id, university, 'nightly', 'done', read_at, read_at, read_at,
           1, 1, 1, r.seen, r.inserted, r.refreshed, r.unchanged, jsonb_array_length(r.skips)
      FROM reading r WHERE r.run_id IS NOT NULL
    RETURNING id, person_id
  ), skip AS (
    INSERT INTO public.sync_skip (run_id, ordinal, person_id, reference, reason)
    SELECT run.id, s.ordinal, run.person_id, left(s.skipped ->> 'reference', 300), s.skipped ->> 'reason'
      FROM run JOIN reading r ON r.run_id = run.id
     CROSS JOIN LATERAL jsonb_array_elements(r.skips) WITH ORDINALITY AS s(skipped, ordinal)
  )
  SELECT r.member_id, r.platform, COALESCE(r.login, ''), r.visibility FROM reading r
   WHERE r.visibility IN ('private', 'suspended') AND r.visibility <> r.visibility_before;
END $$;
REVOKE ALL ON FUNCTION record_cohort_readings FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_cohort_readings TO yuanfen_app;

-- Which of its members' accounts are being read by themselves. A run that carries a person's token is not for the
-- university to see; that there is one it may know, so as not to read the account beside it.
CREATE FUNCTION accounts_under_way(account_ids uuid[]) RETURNS TABLE (read_account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT r.account_id FROM public.sync_run r
    JOIN public.member m ON m.person_id = r.person_id AND m.university_id = public.scope_university()
   WHERE r.account_id = ANY (account_ids) AND r.state IN ('queued', 'running', 'waiting')
$$;
REVOKE ALL ON FUNCTION accounts_under_way FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_under_way TO yuanfen_app;
