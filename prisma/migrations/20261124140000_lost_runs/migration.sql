-- A run whose job is gone (given up without a word, removed by hand, lost with a restored database) would stay open for
-- ever, its token with it, and keep every later sync of the account away. Its token is taken out of the table before
-- anything else happens with it.
CREATE FUNCTION end_lost_sync_runs(lost_before timestamptz, max_rows int)
RETURNS TABLE (run_id uuid, run_account_id uuid, run_person_id uuid, run_university_id uuid, run_platform text, run_token text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH lost AS (
    SELECT r.id, r.account_id, r.person_id, r.university_id, r.token_sealed FROM public.sync_run r
     WHERE r.state IN ('queued', 'running', 'waiting')
       AND GREATEST(r.requested_at, r.started_at, r.retry_at) < lost_before
       AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'sync-account:' || r.id::text
                          AND (j.attempts < j.max_attempts OR j.locked_at IS NOT NULL))
     ORDER BY r.requested_at LIMIT max_rows FOR UPDATE SKIP LOCKED
  ), ended AS (
    UPDATE public.sync_run r
       SET state = 'failed', finished_at = now(), failure_kind = 'unexpected_answer', retry_at = NULL, token_sealed = NULL
      FROM lost WHERE r.id = lost.id
  )
  SELECT lost.id, lost.account_id, lost.person_id, lost.university_id, a.platform, lost.token_sealed
    FROM lost JOIN public.linked_account a ON a.id = lost.account_id;
END $$;
REVOKE ALL ON FUNCTION end_lost_sync_runs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_lost_sync_runs TO yuanfen_app;
