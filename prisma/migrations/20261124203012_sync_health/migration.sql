-- How the sync of a university does, and the means to hold it: pauses, what platforms say is left of its credentials'
-- allowances, and the records of repositories that could not be used.

-- A row is a pause: going on deletes it, the audit keeps both.
CREATE TABLE sync_pause (
  university_id uuid NOT NULL,
  platform text NOT NULL,
  reason text NOT NULL,
  paused_at timestamptz(3) NOT NULL,
  paused_by_member_id uuid,
  CONSTRAINT sync_pause_pkey PRIMARY KEY (university_id, platform),
  CONSTRAINT sync_pause_university_id_fkey FOREIGN KEY (university_id) REFERENCES university (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT sync_pause_university_id_paused_by_member_id_fkey FOREIGN KEY (university_id, paused_by_member_id) REFERENCES member (university_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT reason_given CHECK (btrim(reason) <> '')
);
CREATE INDEX sync_pause_university_id_paused_by_member_id_idx ON sync_pause (university_id, paused_by_member_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON sync_pause TO yuanfen_app;
ALTER TABLE sync_pause ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_university ON sync_pause USING (university_id = scope_university()) WITH CHECK (university_id = scope_university());

-- As the platform told it last, a row for each pool that it counts by itself (GitHub: core, graphql, search).
CREATE TABLE sync_allowance (
  university_id uuid NOT NULL,
  platform text NOT NULL,
  pool text NOT NULL,
  total integer,
  remaining integer NOT NULL,
  resets_at timestamptz(3),
  told_at timestamptz(3) NOT NULL,
  CONSTRAINT sync_allowance_pkey PRIMARY KEY (university_id, platform, pool),
  CONSTRAINT sync_allowance_university_id_fkey FOREIGN KEY (university_id) REFERENCES university (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
GRANT SELECT, INSERT, UPDATE ON sync_allowance TO yuanfen_app;
ALTER TABLE sync_allowance ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_university ON sync_allowance USING (university_id = scope_university()) WITH CHECK (university_id = scope_university());

-- A record of a catalogued repository that could not be used: public, and the same for every university, as the pass is.
CREATE TABLE repository_skip (
  platform text NOT NULL,
  source_key text NOT NULL,
  reference text NOT NULL,
  reason text NOT NULL,
  first_seen_at timestamptz(3) NOT NULL,
  seen_at timestamptz(3) NOT NULL,
  CONSTRAINT repository_skip_pkey PRIMARY KEY (platform, source_key, reference),
  CONSTRAINT repository_skip_platform_source_key_fkey FOREIGN KEY (platform, source_key) REFERENCES repository_pass (platform, source_key) ON DELETE RESTRICT ON UPDATE CASCADE
);
-- The list, newest first.
CREATE INDEX repository_skip_newest ON repository_skip (platform, first_seen_at DESC);
GRANT SELECT, INSERT, UPDATE ON repository_skip TO yuanfen_app;

-- Failures of the last days, runs under way, and runs that skipped something: each of one university.
CREATE INDEX sync_run_failed_of_university ON sync_run (university_id, finished_at DESC) WHERE state = 'failed';
CREATE INDEX sync_run_open_of_university ON sync_run (university_id, state) WHERE state IN ('queued', 'running', 'waiting');
CREATE INDEX sync_run_skipping_of_university ON sync_run (university_id, requested_at DESC, id DESC) WHERE skipped > 0;

-- The jobs of nights and of what follows them that belong to the scope's university. (Those of single accounts are
-- counted by their runs.) `later` waits for a time: a limit, a platform that is down, a turn that comes after others'.
CREATE FUNCTION sync_queue_state()
RETURNS TABLE (job_platform text, job_task text, due bigint, running bigint, later bigint, given_up bigint, next_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT p.payload ->> 'platform', j.task_identifier,
         count(*) FILTER (WHERE j.locked_at IS NULL AND j.attempts < j.max_attempts AND j.run_at <= now()),
         count(*) FILTER (WHERE j.locked_at IS NOT NULL),
         count(*) FILTER (WHERE j.locked_at IS NULL AND j.attempts < j.max_attempts AND j.run_at > now()),
         count(*) FILTER (WHERE j.locked_at IS NULL AND j.attempts >= j.max_attempts),
         min(j.run_at) FILTER (WHERE j.locked_at IS NULL AND j.attempts < j.max_attempts AND j.run_at > now())
    FROM graphile_worker.jobs j JOIN graphile_worker._private_jobs p USING (id)
   WHERE j.task_identifier IN ('sync-cohort', 'sync-repositories', 'complete-contributions', 'reread-contributions')
     AND p.payload ->> 'universityId' = public.scope_university()::text
   GROUP BY 1, 2;
END $$;
REVOKE ALL ON FUNCTION sync_queue_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_queue_state TO yuanfen_app;
