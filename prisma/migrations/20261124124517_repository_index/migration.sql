-- Platforms that have no list of all that one person did are read repository by repository, once a night for everybody,
-- so that the cost does not grow with the students. Public facts only: which pull request of which number account landed
-- when. Whoever links later is matched from here without asking the platform.

-- CreateTable
CREATE TABLE "repository_pass" (
    "platform" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "owner_key" TEXT,
    "repository_id" UUID,
    "watermark_at" TIMESTAMPTZ(3),
    "pass_cursor" TEXT,
    "pass_started_at" TIMESTAMPTZ(3),
    "pass_watermark_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "reverts_read_at" TIMESTAMPTZ(3),
    "failure_kind" TEXT,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "repository_pass_pkey" PRIMARY KEY ("platform","source_key")
);

-- CreateTable
CREATE TABLE "owner_listing" (
    "platform" TEXT NOT NULL,
    "owner_key" TEXT NOT NULL,
    "listed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "owner_listing_pkey" PRIMARY KEY ("platform","owner_key")
);

-- CreateTable
CREATE TABLE "indexed_pull_request" (
    "repository_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "platform" TEXT NOT NULL,
    "author_platform_user_id" TEXT NOT NULL,
    "landed_at" TIMESTAMPTZ(3),

    CONSTRAINT "indexed_pull_request_pkey" PRIMARY KEY ("repository_id","number")
);

-- CreateIndex
CREATE INDEX "repository_pass_platform_owner_key_idx" ON "repository_pass"("platform", "owner_key");

-- CreateIndex
CREATE INDEX "repository_pass_repository_id_idx" ON "repository_pass"("repository_id");

-- CreateIndex
CREATE INDEX "indexed_pull_request_platform_author_platform_user_id_idx" ON "indexed_pull_request"("platform", "author_platform_user_id");

-- AddForeignKey
ALTER TABLE "repository_pass" ADD CONSTRAINT "repository_pass_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "indexed_pull_request" ADD CONSTRAINT "indexed_pull_request_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE ON repository_pass, owner_listing, indexed_pull_request TO yuanfen_app;

-- What a list leaves out is asked for one by one afterwards; these are few, so the index is small.
CREATE INDEX contribution_incomplete_idx ON contribution (platform, merged_at)
  WHERE state = 'merged' AND (merge_commit_sha IS NULL OR merged_by_login IS NULL OR base_branch = '');

-- Which of some identities somebody has linked: that, and not who it is.
CREATE FUNCTION linked_identities(read_platform text, user_ids text[]) RETURNS TABLE (linked_user_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.platform_user_id FROM public.linked_account a
   WHERE a.platform = read_platform AND a.platform_user_id = ANY (user_ids) AND a.unlinked_at IS NULL
$$;
REVOKE ALL ON FUNCTION linked_identities FROM PUBLIC;
GRANT EXECUTE ON FUNCTION linked_identities TO yuanfen_app;

-- Every repository of the university's catalog was read at read_at or later: so are its members' accounts, all at once.
-- One whose own first sync never ran was not matched yet.
CREATE FUNCTION record_repository_night(read_platform text, read_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE changed bigint;
BEGIN
  UPDATE public.linked_account a SET synced_at = read_at
    FROM public.member m
   WHERE m.university_id = public.scope_university() AND m.status = 'active' AND m.person_id = a.person_id
     AND a.platform = read_platform AND a.unlinked_at IS NULL AND a.linked_at < read_at
     AND (a.synced_at < read_at OR a.synced_at IS NULL AND EXISTS (
           SELECT 1 FROM public.sync_run r WHERE r.account_id = a.id AND r.state IN ('done', 'failed')));
  GET DIAGNOSTICS changed = ROW_COUNT;
  RETURN changed;
END $$;
REVOKE ALL ON FUNCTION record_repository_night FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_repository_night TO yuanfen_app;
