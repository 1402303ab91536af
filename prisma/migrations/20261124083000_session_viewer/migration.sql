-- Who asks, in one round trip. A page knows nothing but the hash of its cookie's token: no scope can be set before the
-- session is read, so this function reads across the walls, and gives out only what belongs to the bearer of the token.

CREATE FUNCTION session_viewer(bearer_hash text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE viewer jsonb;
BEGIN
  SELECT jsonb_build_object(
    'sessionId', s.id,
    'expiresAt', s.expires_at,
    'personId', s.person_id,
    'locale', p.locale,
    'memberId', m.id,
    'universityId', m.university_id,
    'name', m.name,
    'number', m.number,
    'roles', COALESCE((SELECT jsonb_agg(r.role) FROM public.member_role r
      WHERE r.university_id = m.university_id AND r.member_id = m.id), '[]'),
    'reviewDepartmentIds', COALESCE((SELECT jsonb_agg(a.department_id) FROM public.review_assignment a
      WHERE a.university_id = m.university_id AND a.member_id = m.id), '[]'),
    'unreadNotifications', (SELECT count(*) FROM (SELECT 1 FROM public.notification n
      WHERE n.university_id = m.university_id AND n.member_id = m.id AND n.read_at IS NULL LIMIT 100) unread),
    'memberships', (SELECT jsonb_agg(jsonb_build_object(
        'universityId', u.id, 'memberId', other.id, 'slug', u.slug, 'nameZh', u.name_zh, 'nameEn', u.name_en,
        'timeZone', u.time_zone) ORDER BY u.slug)
      FROM public.member other JOIN public.university u ON u.id = other.university_id
      WHERE other.person_id = s.person_id AND other.status = 'active'))
  INTO viewer
  FROM public.session s
  JOIN public.person p ON p.id = s.person_id
  JOIN public.member m ON m.university_id = s.university_id AND m.id = s.member_id
  WHERE s.token_hash = bearer_hash AND s.expires_at > now()
    AND m.person_id = s.person_id AND m.status = 'active' AND p.erased_at IS NULL;
  RETURN viewer;
END $$;
REVOKE ALL ON FUNCTION session_viewer FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_viewer TO yuanfen_app;

-- The number on the bell is asked for on every page.
CREATE INDEX notification_unread ON notification (university_id, member_id) WHERE read_at IS NULL;

-- What has run out is nobody's any more, so no scope shows it.
CREATE FUNCTION forget_expired_sign_ins(OUT sessions bigint, OUT attempts bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.session s WHERE s.expires_at < now();
  GET DIAGNOSTICS sessions = ROW_COUNT;
  DELETE FROM public.attempt_counter a WHERE a.window_starts_at < now() - interval '1 day';
  GET DIAGNOSTICS attempts = ROW_COUNT;
END $$;
REVOKE ALL ON FUNCTION forget_expired_sign_ins FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_expired_sign_ins TO yuanfen_app;
