-- Collecting evidence comes to an end: what failed last, how heavily the failures weigh by now, and when it is tried again.
ALTER TABLE "claim"
  ADD COLUMN     "evidence_failure" TEXT,
  ADD COLUMN     "evidence_strikes" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN     "evidence_retry_at" TIMESTAMPTZ(3);

ALTER TABLE claim ADD CONSTRAINT evidence_failure_known CHECK (evidence_failure IN
  ('rate_limited', 'sign_in_expired', 'not_found', 'unavailable', 'unexpected_answer', 'internal'));
-- Failed before there was a reason: tried by nobody any more, and can be tried again.
UPDATE claim SET evidence_failure = 'unexpected_answer' WHERE evidence_state = 'failed';
ALTER TABLE claim ADD CONSTRAINT failed_has_reason CHECK (evidence_state <> 'failed' OR evidence_failure IS NOT NULL);

-- Few at any time: what an admin can try again, and what waits.
CREATE INDEX claim_evidence_failed ON claim (university_id, queued_at, id) WHERE evidence_state = 'failed';
CREATE INDEX claim_evidence_collecting ON claim (queued_at) WHERE evidence_state = 'collecting';

-- A claim that waits for evidence while no job collects it (a worker that died in its last try, a queue restored without
-- it) would wait for ever. Across universities, since the queue is one; of a claim no more than where it is.
CREATE FUNCTION claims_without_collector(lost_before timestamptz, max_rows int)
RETURNS TABLE (claim_university_id uuid, lost_claim_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.university_id, c.id FROM public.claim c
   WHERE c.evidence_state = 'collecting' AND c.state = 'submitted'
     AND GREATEST(c.queued_at, c.updated_at, c.evidence_retry_at) < lost_before
     AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'freeze-evidence:' || c.id::text
                        AND (j.attempts < j.max_attempts OR j.locked_at IS NOT NULL))
   ORDER BY c.queued_at LIMIT max_rows
$$;
REVOKE ALL ON FUNCTION claims_without_collector FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claims_without_collector TO yuanfen_app;
