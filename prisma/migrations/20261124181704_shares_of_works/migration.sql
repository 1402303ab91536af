-- The parts are of the work and not of one copy of it: of all copies that have co-authors one decides for the others, the one
-- whose parts were locked first, else the one that was known first. And nobody gets a part of what a live claim or an award
-- has whole: of claims behind a wall who has a part learns that there is one, and nothing else.
CREATE FUNCTION joint_works(asked uuid[])
RETURNS TABLE (joint_work_id uuid, joint_contribution_id uuid, whole_by_other boolean, whole_by_self boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH deciding AS (
    SELECT DISTINCT ON (c.work_id) c.work_id, c.id
      FROM public.contribution c
      LEFT JOIN public.share_agreement s ON s.contribution_id = c.id AND s.state = 'locked'
     WHERE c.work_id = ANY (asked)
       AND EXISTS (SELECT FROM public.contribution_co_author w WHERE w.contribution_id = c.id)
     ORDER BY c.work_id, s.changed_at NULLS LAST, c.id)
  SELECT d.work_id, d.id, COALESCE(whole.by_other, false), COALESCE(whole.by_self, false)
    FROM deciding d
    LEFT JOIN LATERAL (
      SELECT bool_or(k.person_id <> public.scope_person()) AS by_other, bool_or(k.person_id = public.scope_person()) AS by_self
        FROM public.work w
        JOIN public.contribution c ON c.work_id = ANY (w.duplicate_work_ids || w.id)
        JOIN public.claim_item i ON i.contribution_id = c.id
         AND i.judgement IS NOT NULL AND i.judgement ->> 'sharePercent' IS NULL AND i.outcome IS DISTINCT FROM 'refused'
        JOIN public.claim k ON k.university_id = i.university_id AND k.id = i.claim_id
         AND k.state IN ('submitted', 'in_review', 'changes_requested', 'endorsed', 'approved')
       WHERE w.id = d.work_id AND public.takes_part_in(d.id)
         AND NOT EXISTS (SELECT FROM public.credit_entry e
                          WHERE e.university_id = k.university_id AND e.claim_id = k.id AND e.kind = 'revocation')) whole ON true
$$;
REVOKE ALL ON FUNCTION joint_works FROM PUBLIC;
GRANT EXECUTE ON FUNCTION joint_works TO yuanfen_app;
