-- A key that leaves the ring must have nothing under it. What a person's sync or linking holds sealed is nobody's in the
-- scope of an operator: these two show and exchange sealed texts, page by page, and open none. Only with the operator in scope.
CREATE FUNCTION passing_secrets(present_key text, after_holder text, after_id uuid, max_rows int)
RETURNS TABLE (holder text, row_id uuid, sealed text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.scope_operator() THEN
    RAISE EXCEPTION 'permission denied: sealed texts are listed for the operator only' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
  SELECT s.* FROM (
    SELECT 'link_attempt.token'::text AS h, a.id AS i, a.token_sealed AS t FROM public.link_attempt a
     WHERE a.token_sealed IS NOT NULL
    UNION ALL
    SELECT 'link_attempt.verifier', a.id, a.verifier_sealed FROM public.link_attempt a WHERE a.verifier_sealed IS NOT NULL
    UNION ALL
    SELECT 'sync_run.token', r.id, r.token_sealed FROM public.sync_run r WHERE r.token_sealed IS NOT NULL
  ) s
   WHERE split_part(s.t, '.', 2) <> present_key AND (s.h, s.i) > (after_holder, after_id)
   ORDER BY s.h, s.i LIMIT max_rows;
END $$;
REVOKE ALL ON FUNCTION passing_secrets FROM PUBLIC;
GRANT EXECUTE ON FUNCTION passing_secrets TO yuanfen_app;

-- False where it was used up, or changed, meanwhile.
CREATE FUNCTION exchange_passing_secret(holder text, row_id uuid, was text, becomes text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.scope_operator() THEN
    RAISE EXCEPTION 'permission denied: sealed texts are exchanged by the operator only' USING ERRCODE = '42501';
  END IF;
  CASE holder
    WHEN 'link_attempt.token' THEN
      UPDATE public.link_attempt a SET token_sealed = becomes WHERE a.id = row_id AND a.token_sealed = was;
    WHEN 'link_attempt.verifier' THEN
      UPDATE public.link_attempt a SET verifier_sealed = becomes WHERE a.id = row_id AND a.verifier_sealed = was;
    WHEN 'sync_run.token' THEN
      UPDATE public.sync_run r SET token_sealed = becomes WHERE r.id = row_id AND r.token_sealed = was;
  END CASE;
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION exchange_passing_secret FROM PUBLIC;
GRANT EXECUTE ON FUNCTION exchange_passing_secret TO yuanfen_app;
