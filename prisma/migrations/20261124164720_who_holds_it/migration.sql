-- A revert is told at the universities whose claims hold the change, and not looked for at every one: with thousands of them
-- that was thousands of transactions for each revert. Only the system asks, which has nobody's scope; within a scope nothing
-- is answered, so that no university learns of another's claims.
CREATE FUNCTION universities_holding(held_contribution uuid) RETURNS TABLE (holding_university_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT i.university_id FROM public.claim_item i
   WHERE i.contribution_id = held_contribution AND public.scope_university() IS NULL AND public.scope_person() IS NULL
   ORDER BY i.university_id
$$;
REVOKE ALL ON FUNCTION universities_holding FROM PUBLIC;
GRANT EXECUTE ON FUNCTION universities_holding TO yuanfen_app;
