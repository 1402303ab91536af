-- CreateTable
CREATE TABLE "university" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "university_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "university_settings" (
    "university_id" UUID NOT NULL,
    "report_columns" JSONB,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "university_settings_pkey" PRIMARY KEY ("university_id")
);

-- CreateTable
CREATE TABLE "university_connection" (
    "university_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "secret_sealed" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "university_connection_pkey" PRIMARY KEY ("university_id","kind")
);

-- CreateTable
CREATE TABLE "department" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "department_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "locale" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "department_id" UUID,
    "programme" TEXT NOT NULL DEFAULT '',
    "class_name" TEXT NOT NULL DEFAULT '',
    "email" TEXT NOT NULL DEFAULT '',
    "subject" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "member_role" (
    "university_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_role_pkey" PRIMARY KEY ("university_id","member_id","role")
);

-- CreateTable
CREATE TABLE "review_assignment" (
    "university_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "department_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_assignment_pkey" PRIMARY KEY ("university_id","member_id","department_id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "university_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt_counter" (
    "key" TEXT NOT NULL,
    "window_starts_at" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "attempt_counter_pkey" PRIMARY KEY ("key","window_starts_at")
);

-- CreateTable
CREATE TABLE "roster_import" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_sha256" TEXT NOT NULL,
    "rows" JSONB NOT NULL,
    "problems" JSONB NOT NULL,
    "summary" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'previewed',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "roster_import_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "link_attempt" (
    "id" UUID NOT NULL,
    "state_hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "university_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "purpose" TEXT NOT NULL DEFAULT 'link',
    "verifier_sealed" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),
    "identity" JSONB,
    "token_sealed" TEXT,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "link_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "linked_account" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "platform_user_id" TEXT NOT NULL,
    "node_id" TEXT,
    "login" TEXT NOT NULL,
    "avatar_url" TEXT,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "unlinked_at" TIMESTAMPTZ(3),
    "synced_at" TIMESTAMPTZ(3),

    CONSTRAINT "linked_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_source" (
    "account_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "watermark_at" TIMESTAMPTZ(3),
    "pass_cursor" TEXT,
    "pass_started_at" TIMESTAMPTZ(3),
    "pass_watermark_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "failure_kind" TEXT,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_source_pkey" PRIMARY KEY ("account_id","source")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "university_id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "token_sealed" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "sources_total" INTEGER NOT NULL DEFAULT 0,
    "sources_done" INTEGER NOT NULL DEFAULT 0,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "inserted" INTEGER NOT NULL DEFAULT 0,
    "refreshed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "failure_kind" TEXT,
    "retry_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_skip" (
    "run_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "sync_skip_pkey" PRIMARY KEY ("run_id","ordinal")
);

-- CreateTable
CREATE TABLE "repository" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "platform_repository_id" TEXT NOT NULL,
    "owner_platform_user_id" TEXT,
    "owner" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "full_name_key" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "default_branch" TEXT,
    "is_fork" BOOLEAN NOT NULL DEFAULT false,
    "is_archived" BOOLEAN NOT NULL DEFAULT false,
    "is_private" BOOLEAN NOT NULL DEFAULT false,
    "stars" INTEGER,
    "license" TEXT,
    "language" TEXT,
    "topics" TEXT[],
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "repository_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "repository_name" (
    "platform" TEXT NOT NULL,
    "full_name_key" TEXT NOT NULL,
    "repository_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "repository_name_pkey" PRIMARY KEY ("platform","full_name_key","repository_id")
);

-- CreateTable
CREATE TABLE "work" (
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "work_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_key" (
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "work_id" UUID NOT NULL,

    CONSTRAINT "work_key_pkey" PRIMARY KEY ("kind","value")
);

-- CreateTable
CREATE TABLE "contribution" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "repository_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "node_id" TEXT,
    "work_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "author_platform_user_id" TEXT,
    "author_login" TEXT,
    "author_type" TEXT NOT NULL,
    "author_association" TEXT,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "merged_at" TIMESTAMPTZ(3),
    "base_branch" TEXT NOT NULL,
    "labels" TEXT[],
    "additions" INTEGER,
    "deletions" INTEGER,
    "changed_files" INTEGER,
    "merged_by_user_id" TEXT,
    "merged_by_login" TEXT,
    "last_closed_by_user_id" TEXT,
    "last_closed_by_login" TEXT,
    "reverts" INTEGER[],
    "merge_commit_sha" TEXT,
    "closer_commit_sha" TEXT,
    "landing_state" TEXT NOT NULL,
    "landing_rule" TEXT,
    "landed_at" TIMESTAMPTZ(3),
    "landed_commit_sha" TEXT,
    "landing_proof" JSONB,
    "ordered_at" TIMESTAMPTZ(3) NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contribution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalog_entry" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "name" TEXT,
    "owner_key" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "platform_id" TEXT,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "tier" TEXT NOT NULL DEFAULT 'standard',
    "landing" JSONB NOT NULL,
    "accepted_branches" TEXT[],
    "lab" TEXT NOT NULL DEFAULT '',
    "license" TEXT,
    "alias_keys" TEXT[],
    "notes" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalog_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "university_catalog_entry" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "name" TEXT,
    "owner_key" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "platform_id" TEXT,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "tier" TEXT NOT NULL DEFAULT 'standard',
    "landing" JSONB NOT NULL,
    "accepted_branches" TEXT[],
    "decided_by_member_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "university_catalog_entry_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "term" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "term_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "document_sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by_member_id" UUID,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "claim" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "department_id" UUID,
    "term_id" UUID NOT NULL,
    "policy_version_id" UUID,
    "engine_version" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "version" INTEGER NOT NULL DEFAULT 1,
    "statement" TEXT NOT NULL DEFAULT '',
    "evidence_state" TEXT NOT NULL DEFAULT 'none',
    "item_count" INTEGER NOT NULL DEFAULT 0,
    "warning_count" INTEGER NOT NULL DEFAULT 0,
    "credit_hundredths" INTEGER,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submitted_at" TIMESTAMPTZ(3),
    "endorsed_by_person_id" UUID,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "claim_item" (
    "university_id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "contribution_id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "ai_use" TEXT NOT NULL,
    "ai_use_note" TEXT NOT NULL DEFAULT '',
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "outcome" TEXT,
    "outcome_reason" TEXT,
    "outcome_comment" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "claim_item_pkey" PRIMARY KEY ("university_id","claim_id","id")
);

-- CreateTable
CREATE TABLE "live_work" (
    "person_id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "university_id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,

    CONSTRAINT "live_work_pkey" PRIMARY KEY ("person_id","work_id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "contribution_id" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "content_sha256" TEXT NOT NULL,
    "captured_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "evidence_file" (
    "university_id" UUID NOT NULL,
    "evidence_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "previous_path" TEXT,
    "status" TEXT NOT NULL,
    "additions" INTEGER NOT NULL,
    "deletions" INTEGER NOT NULL,
    "patch" TEXT,
    "patch_sha256" TEXT,

    CONSTRAINT "evidence_file_pkey" PRIMARY KEY ("university_id","evidence_id","ordinal")
);

-- CreateTable
CREATE TABLE "decision" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "reason_code" TEXT,
    "comment" TEXT NOT NULL DEFAULT '',
    "items" JSONB NOT NULL DEFAULT '[]',
    "claim_version" INTEGER NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "credit_entry" (
    "university_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "claim_id" UUID,
    "corrects_entry_id" UUID,
    "member_id" UUID NOT NULL,
    "term_id" UUID NOT NULL,
    "credit_hundredths" INTEGER NOT NULL,
    "policy_version_id" UUID,
    "engine_version" INTEGER,
    "calculation" JSONB,
    "calculation_hash" TEXT,
    "evidence_hashes" TEXT[],
    "student_digest" TEXT NOT NULL,
    "endorsed_by_member_id" UUID,
    "approved_by_member_id" UUID NOT NULL,
    "reason" TEXT,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "credit_entry_pkey" PRIMARY KEY ("university_id","sequence")
);

-- CreateTable
CREATE TABLE "credit_entry_student" (
    "university_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "department_id" UUID,
    "student_number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "college" TEXT NOT NULL,
    "programme" TEXT,
    "class_name" TEXT,
    "salt" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "credit_entry_student_pkey" PRIMARY KEY ("university_id","sequence")
);

-- CreateTable
CREATE TABLE "ledger_head" (
    "university_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "ledger_head_pkey" PRIMARY KEY ("university_id")
);

-- CreateTable
CREATE TABLE "filing" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "term_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "entry_count" INTEGER NOT NULL,
    "total_hundredths" INTEGER NOT NULL,
    "last_sequence" BIGINT NOT NULL,
    "entries_sha256" TEXT NOT NULL,
    "signed_head" TEXT NOT NULL,
    "columns" JSONB NOT NULL,
    "created_by_member_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "filing_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "filing_entry" (
    "university_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "filing_id" UUID NOT NULL,

    CONSTRAINT "filing_entry_pkey" PRIMARY KEY ("university_id","sequence")
);

-- CreateTable
CREATE TABLE "report_export" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "encoding" TEXT NOT NULL DEFAULT 'utf-8',
    "filter" JSONB NOT NULL,
    "row_count" INTEGER NOT NULL,
    "content_sha256" TEXT NOT NULL,
    "signed_head" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_export_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL DEFAULT '',
    "actor_member_id" UUID,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "notification" (
    "university_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("university_id","id")
);

-- CreateTable
CREATE TABLE "worker_heartbeat" (
    "worker_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_heartbeat_pkey" PRIMARY KEY ("worker_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "university_slug_key" ON "university"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "department_university_id_name_key" ON "department"("university_id", "name");

-- CreateIndex
CREATE INDEX "member_person_id_idx" ON "member"("person_id");

-- CreateIndex
CREATE INDEX "member_university_id_department_id_number_idx" ON "member"("university_id", "department_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "member_university_id_number_key" ON "member"("university_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "member_university_id_subject_key" ON "member"("university_id", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "member_university_id_person_id_key" ON "member"("university_id", "person_id");

-- CreateIndex
CREATE INDEX "member_role_university_id_role_member_id_idx" ON "member_role"("university_id", "role", "member_id");

-- CreateIndex
CREATE INDEX "review_assignment_university_id_department_id_idx" ON "review_assignment"("university_id", "department_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE INDEX "attempt_counter_window_starts_at_idx" ON "attempt_counter"("window_starts_at");

-- CreateIndex
CREATE INDEX "roster_import_university_id_created_at_idx" ON "roster_import"("university_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "link_attempt_state_hash_key" ON "link_attempt"("state_hash");

-- CreateIndex
CREATE INDEX "link_attempt_person_id_created_at_idx" ON "link_attempt"("person_id", "created_at");

-- CreateIndex
CREATE INDEX "link_attempt_expires_at_idx" ON "link_attempt"("expires_at");

-- CreateIndex
CREATE INDEX "linked_account_person_id_idx" ON "linked_account"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "linked_account_platform_platform_user_id_key" ON "linked_account"("platform", "platform_user_id");

-- CreateIndex
CREATE INDEX "consent_person_id_kind_idx" ON "consent"("person_id", "kind");

-- CreateIndex
CREATE INDEX "sync_source_person_id_idx" ON "sync_source"("person_id");

-- CreateIndex
CREATE INDEX "sync_run_account_id_requested_at_idx" ON "sync_run"("account_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "sync_run_person_id_idx" ON "sync_run"("person_id");

-- CreateIndex
CREATE INDEX "repository_platform_full_name_key_idx" ON "repository"("platform", "full_name_key");

-- CreateIndex
CREATE UNIQUE INDEX "repository_platform_platform_repository_id_key" ON "repository"("platform", "platform_repository_id");

-- CreateIndex
CREATE INDEX "repository_name_repository_id_idx" ON "repository_name"("repository_id");

-- CreateIndex
CREATE INDEX "work_key_work_id_idx" ON "work_key"("work_id");

-- CreateIndex
CREATE INDEX "contribution_platform_author_platform_user_id_ordered_at_id_idx" ON "contribution"("platform", "author_platform_user_id", "ordered_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "contribution_work_id_idx" ON "contribution"("work_id");

-- CreateIndex
CREATE UNIQUE INDEX "contribution_repository_id_kind_number_key" ON "contribution"("repository_id", "kind", "number");

-- CreateIndex
CREATE INDEX "catalog_entry_platform_platform_id_idx" ON "catalog_entry"("platform", "platform_id");

-- CreateIndex
CREATE INDEX "catalog_entry_alias_keys_idx" ON "catalog_entry" USING GIN ("alias_keys");

-- CreateIndex
CREATE UNIQUE INDEX "catalog_entry_platform_owner_key_name_key_key" ON "catalog_entry"("platform", "owner_key", "name_key");

-- CreateIndex
CREATE UNIQUE INDEX "university_catalog_entry_university_id_platform_owner_key_n_key" ON "university_catalog_entry"("university_id", "platform", "owner_key", "name_key");

-- CreateIndex
CREATE INDEX "term_university_id_starts_at_idx" ON "term"("university_id", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "term_university_id_code_key" ON "term"("university_id", "code");

-- CreateIndex
CREATE INDEX "policy_version_university_id_status_version_idx" ON "policy_version"("university_id", "status", "version" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "policy_version_university_id_version_key" ON "policy_version"("university_id", "version");

-- CreateIndex
CREATE INDEX "claim_university_id_state_department_id_queued_at_id_idx" ON "claim"("university_id", "state", "department_id", "queued_at", "id");

-- CreateIndex
CREATE INDEX "claim_university_id_state_queued_at_id_idx" ON "claim"("university_id", "state", "queued_at", "id");

-- CreateIndex
CREATE INDEX "claim_university_id_member_id_created_at_id_idx" ON "claim"("university_id", "member_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "claim_university_id_term_id_state_idx" ON "claim"("university_id", "term_id", "state");

-- CreateIndex
CREATE INDEX "claim_item_contribution_id_idx" ON "claim_item"("contribution_id");

-- CreateIndex
CREATE UNIQUE INDEX "claim_item_university_id_claim_id_contribution_id_key" ON "claim_item"("university_id", "claim_id", "contribution_id");

-- CreateIndex
CREATE INDEX "live_work_university_id_claim_id_idx" ON "live_work"("university_id", "claim_id");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_university_id_claim_id_contribution_id_key" ON "evidence"("university_id", "claim_id", "contribution_id");

-- CreateIndex
CREATE INDEX "decision_university_id_claim_id_decided_at_idx" ON "decision"("university_id", "claim_id", "decided_at");

-- CreateIndex
CREATE INDEX "credit_entry_university_id_member_id_sequence_idx" ON "credit_entry"("university_id", "member_id", "sequence");

-- CreateIndex
CREATE INDEX "credit_entry_university_id_term_id_sequence_idx" ON "credit_entry"("university_id", "term_id", "sequence");

-- CreateIndex
CREATE INDEX "credit_entry_university_id_issued_at_sequence_idx" ON "credit_entry"("university_id", "issued_at", "sequence");

-- CreateIndex
CREATE INDEX "credit_entry_university_id_claim_id_idx" ON "credit_entry"("university_id", "claim_id");

-- CreateIndex
CREATE INDEX "credit_entry_university_id_corrects_entry_id_idx" ON "credit_entry"("university_id", "corrects_entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_entry_university_id_id_key" ON "credit_entry"("university_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_entry_university_id_previous_hash_key" ON "credit_entry"("university_id", "previous_hash");

-- CreateIndex
CREATE INDEX "credit_entry_student_university_id_college_programme_sequen_idx" ON "credit_entry_student"("university_id", "college", "programme", "sequence");

-- CreateIndex
CREATE INDEX "credit_entry_student_university_id_student_number_sequence_idx" ON "credit_entry_student"("university_id", "student_number", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "filing_university_id_term_id_ordinal_key" ON "filing"("university_id", "term_id", "ordinal");

-- CreateIndex
CREATE INDEX "filing_entry_university_id_filing_id_sequence_idx" ON "filing_entry"("university_id", "filing_id", "sequence");

-- CreateIndex
CREATE INDEX "report_export_university_id_created_at_idx" ON "report_export"("university_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_event_university_id_occurred_at_id_idx" ON "audit_event"("university_id", "occurred_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_university_id_action_occurred_at_id_idx" ON "audit_event"("university_id", "action", "occurred_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_university_id_actor_member_id_occurred_at_id_idx" ON "audit_event"("university_id", "actor_member_id", "occurred_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_university_id_subject_kind_subject_id_occurred__idx" ON "audit_event"("university_id", "subject_kind", "subject_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "notification_university_id_member_id_created_at_id_idx" ON "notification"("university_id", "member_id", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "university_settings" ADD CONSTRAINT "university_settings_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "university_connection" ADD CONSTRAINT "university_connection_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "department" ADD CONSTRAINT "department_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_university_id_department_id_fkey" FOREIGN KEY ("university_id", "department_id") REFERENCES "department"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_role" ADD CONSTRAINT "member_role_university_id_member_id_fkey" FOREIGN KEY ("university_id", "member_id") REFERENCES "member"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_assignment" ADD CONSTRAINT "review_assignment_university_id_member_id_fkey" FOREIGN KEY ("university_id", "member_id") REFERENCES "member"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_assignment" ADD CONSTRAINT "review_assignment_university_id_department_id_fkey" FOREIGN KEY ("university_id", "department_id") REFERENCES "department"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_university_id_member_id_fkey" FOREIGN KEY ("university_id", "member_id") REFERENCES "member"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roster_import" ADD CONSTRAINT "roster_import_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link_attempt" ADD CONSTRAINT "link_attempt_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "linked_account" ADD CONSTRAINT "linked_account_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_source" ADD CONSTRAINT "sync_source_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "linked_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_source" ADD CONSTRAINT "sync_source_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "linked_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_skip" ADD CONSTRAINT "sync_skip_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "sync_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repository_name" ADD CONSTRAINT "repository_name_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_key" ADD CONSTRAINT "work_key_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contribution" ADD CONSTRAINT "contribution_repository_id_fkey" FOREIGN KEY ("repository_id") REFERENCES "repository"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contribution" ADD CONSTRAINT "contribution_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "university_catalog_entry" ADD CONSTRAINT "university_catalog_entry_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "term" ADD CONSTRAINT "term_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_university_id_member_id_fkey" FOREIGN KEY ("university_id", "member_id") REFERENCES "member"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_university_id_department_id_fkey" FOREIGN KEY ("university_id", "department_id") REFERENCES "department"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_university_id_term_id_fkey" FOREIGN KEY ("university_id", "term_id") REFERENCES "term"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_university_id_policy_version_id_fkey" FOREIGN KEY ("university_id", "policy_version_id") REFERENCES "policy_version"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_item" ADD CONSTRAINT "claim_item_university_id_claim_id_fkey" FOREIGN KEY ("university_id", "claim_id") REFERENCES "claim"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_item" ADD CONSTRAINT "claim_item_contribution_id_fkey" FOREIGN KEY ("contribution_id") REFERENCES "contribution"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "live_work" ADD CONSTRAINT "live_work_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "live_work" ADD CONSTRAINT "live_work_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "live_work" ADD CONSTRAINT "live_work_university_id_claim_id_fkey" FOREIGN KEY ("university_id", "claim_id") REFERENCES "claim"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_university_id_claim_id_fkey" FOREIGN KEY ("university_id", "claim_id") REFERENCES "claim"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_university_id_evidence_id_fkey" FOREIGN KEY ("university_id", "evidence_id") REFERENCES "evidence"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_university_id_claim_id_fkey" FOREIGN KEY ("university_id", "claim_id") REFERENCES "claim"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_university_id_member_id_fkey" FOREIGN KEY ("university_id", "member_id") REFERENCES "member"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_entry" ADD CONSTRAINT "credit_entry_university_id_claim_id_fkey" FOREIGN KEY ("university_id", "claim_id") REFERENCES "claim"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_entry" ADD CONSTRAINT "credit_entry_university_id_member_id_fkey" FOREIGN KEY ("university_id", "member_id") REFERENCES "member"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_entry" ADD CONSTRAINT "credit_entry_university_id_term_id_fkey" FOREIGN KEY ("university_id", "term_id") REFERENCES "term"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_entry" ADD CONSTRAINT "credit_entry_university_id_policy_version_id_fkey" FOREIGN KEY ("university_id", "policy_version_id") REFERENCES "policy_version"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_entry" ADD CONSTRAINT "credit_entry_university_id_corrects_entry_id_fkey" FOREIGN KEY ("university_id", "corrects_entry_id") REFERENCES "credit_entry"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_entry_student" ADD CONSTRAINT "credit_entry_student_university_id_sequence_fkey" FOREIGN KEY ("university_id", "sequence") REFERENCES "credit_entry"("university_id", "sequence") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_head" ADD CONSTRAINT "ledger_head_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "filing" ADD CONSTRAINT "filing_university_id_term_id_fkey" FOREIGN KEY ("university_id", "term_id") REFERENCES "term"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "filing_entry" ADD CONSTRAINT "filing_entry_university_id_sequence_fkey" FOREIGN KEY ("university_id", "sequence") REFERENCES "credit_entry"("university_id", "sequence") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "filing_entry" ADD CONSTRAINT "filing_entry_university_id_filing_id_fkey" FOREIGN KEY ("university_id", "filing_id") REFERENCES "filing"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_university_id_member_id_fkey" FOREIGN KEY ("university_id", "member_id") REFERENCES "member"("university_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
