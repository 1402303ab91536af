-- A night finds contributions of people whom its scope may not see: a repository is read once, for the students of every
-- university. That they be looked at for copies it may ask for; whose they are it does not learn. One job a person, as the
-- list of jobs has it (lib/queue/jobs.ts, find-copies), at the person's first university; one that waits is enough.
CREATE FUNCTION look_for_copies(author_platform text, author_ids text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job(
            'find-copies', json_build_object('universityId', p.university_id, 'personId', p.person_id),
            queue_name => 'person:' || p.person_id, max_attempts => 5,
            job_key => 'find-copies:' || p.person_id, job_key_mode => 'replace')
     FROM (SELECT DISTINCT ON (a.person_id) a.person_id, m.university_id
             FROM public.linked_account a
             JOIN public.member m ON m.person_id = a.person_id AND m.status = 'active'
            WHERE a.platform = author_platform AND a.platform_user_id = ANY (author_ids) AND a.unlinked_at IS NULL
            ORDER BY a.person_id, m.university_id) p;
END $$;
REVOKE ALL ON FUNCTION look_for_copies FROM PUBLIC;
GRANT EXECUTE ON FUNCTION look_for_copies TO yuanfen_app;
