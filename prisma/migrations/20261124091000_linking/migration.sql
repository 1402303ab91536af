-- AlterTable
ALTER TABLE "link_attempt" ADD COLUMN     "account_id" UUID;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "theme" TEXT;

-- AddForeignKey
ALTER TABLE "link_attempt" ADD CONSTRAINT "link_attempt_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "linked_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE person ADD CONSTRAINT theme_known CHECK (theme IN ('system', 'light', 'dark'));
ALTER TABLE link_attempt ADD CONSTRAINT refresh_names_account CHECK ((purpose = 'refresh') = (account_id IS NOT NULL));
ALTER TABLE link_attempt ADD CONSTRAINT no_token_once_finished CHECK (finished_at IS NULL OR token_sealed IS NULL);

-- Attempts that ran out belong to nobody who is here now. Their secrets are taken out of the table before anything else
-- happens with them: a token that is handed out here is destroyed, whether the platform can be told or not.
CREATE FUNCTION take_expired_link_tokens(max_rows int) RETURNS TABLE (attempt_id uuid, attempt_platform text, attempt_token text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH due AS (
    SELECT a.id, a.platform, a.token_sealed FROM public.link_attempt a
     WHERE a.expires_at < now() AND (a.token_sealed IS NOT NULL OR a.verifier_sealed IS NOT NULL OR a.finished_at IS NULL)
     ORDER BY a.expires_at LIMIT max_rows FOR UPDATE SKIP LOCKED
  ), emptied AS (
    UPDATE public.link_attempt a
       SET token_sealed = NULL, verifier_sealed = NULL, identity = NULL, finished_at = COALESCE(a.finished_at, now())
      FROM due WHERE a.id = due.id
  )
  SELECT due.id, due.platform, due.token_sealed FROM due;
END $$;
REVOKE ALL ON FUNCTION take_expired_link_tokens FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_expired_link_tokens TO yuanfen_app;

CREATE FUNCTION forget_old_link_attempts(OUT attempts bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.link_attempt a WHERE a.expires_at < now() - interval '1 day' AND a.finished_at IS NOT NULL;
  GET DIAGNOSTICS attempts = ROW_COUNT;
END $$;
REVOKE ALL ON FUNCTION forget_old_link_attempts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_old_link_attempts TO yuanfen_app;
