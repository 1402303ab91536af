-- Who is asked has so long to answer from when it was proposed; what stands already, from now on.
ALTER TABLE share_agreement ADD COLUMN proposed_at TIMESTAMPTZ(3) NOT NULL DEFAULT now();
ALTER TABLE share_agreement ALTER COLUMN proposed_at DROP DEFAULT;

-- Which of some identities belong to somebody who is told and can answer: that, and not who it is. Whoever left every
-- university is as far away as who never linked.
CREATE FUNCTION answering_identities(asked_platform text, user_ids text[]) RETURNS TABLE (answering_user_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.platform_user_id FROM public.linked_account a
   WHERE a.platform = asked_platform AND a.platform_user_id = ANY (user_ids) AND a.unlinked_at IS NULL
     AND EXISTS (SELECT FROM public.member m
                   JOIN public.member_role r ON r.university_id = m.university_id AND r.member_id = m.id AND r.role = 'student'
                  WHERE m.person_id = a.person_id AND m.status = 'active')
$$;
REVOKE ALL ON FUNCTION answering_identities FROM PUBLIC;
GRANT EXECUTE ON FUNCTION answering_identities TO yuanfen_app;
