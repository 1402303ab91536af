-- What somebody is named a co-author of is theirs as well, and may have a copy.
CREATE OR REPLACE FUNCTION look_for_copies(author_platform text, author_ids text[]) RETURNS void
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
              AND EXISTS (
                    SELECT 1 FROM public.linked_account own
                     CROSS JOIN LATERAL (
                       SELECT c.id, c.repository_id, c.base_branch, c.landing_state, c.additions, c.deletions, c.changed_files
                         FROM public.contribution c
                        WHERE c.platform = own.platform AND c.author_platform_user_id = own.platform_user_id
                       UNION ALL
                       SELECT c.id, c.repository_id, c.base_branch, c.landing_state, c.additions, c.deletions, c.changed_files
                         FROM public.contribution_co_author w JOIN public.contribution c ON c.id = w.contribution_id
                        WHERE w.platform = own.platform AND w.platform_user_id = own.platform_user_id) c
                     WHERE own.person_id = a.person_id
                       AND c.landing_state <> 'not_landed' AND c.additions + c.deletions > 0
                     GROUP BY c.additions, c.deletions, c.changed_files
                    HAVING count(DISTINCT (c.repository_id, c.base_branch)) > 1)
            ORDER BY a.person_id, m.university_id) p;
END $$;
