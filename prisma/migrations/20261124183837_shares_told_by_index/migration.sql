-- Tells everybody else who has a part, as before, but begins with the few who are named: it read every linked account of the
-- platform to find them.
CREATE OR REPLACE FUNCTION tell_co_authors(asked uuid, told_code text, told_data jsonb, told_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE told bigint;
BEGIN
  IF told_code NOT IN ('shares_proposed', 'shares_refused', 'shares_locked') OR NOT public.takes_part_in(asked) THEN
    RAISE EXCEPTION 'not for telling' USING ERRCODE = '42501';
  END IF;
  INSERT INTO public.notification (university_id, id, member_id, code, data, created_at)
  SELECT DISTINCT ON (m.university_id, m.id) m.university_id, gen_random_uuid(), m.id, told_code, told_data, told_at
    FROM (SELECT c.platform, c.author_platform_user_id AS user_id FROM public.contribution c WHERE c.id = asked
          UNION
          SELECT w.platform, w.platform_user_id FROM public.contribution_co_author w WHERE w.contribution_id = asked) named
    JOIN public.linked_account a ON a.platform = named.platform AND a.platform_user_id = named.user_id AND a.unlinked_at IS NULL
    JOIN public.member m ON m.person_id = a.person_id AND m.status = 'active'
    JOIN public.member_role r ON r.university_id = m.university_id AND r.member_id = m.id AND r.role = 'student'
   WHERE a.person_id <> public.scope_person();
  GET DIAGNOSTICS told = ROW_COUNT;
  RETURN told;
END $$;
