-- A row that names a member (a claim, an account) and a person names them as they belong together: what one column says
-- cannot contradict the other. Never cascading: whom a membership belongs to changes only while nothing hangs on it.

ALTER TABLE "claim" DROP CONSTRAINT "claim_university_id_member_id_fkey";
ALTER TABLE "decision" DROP CONSTRAINT "decision_university_id_member_id_fkey";
ALTER TABLE "link_attempt" DROP CONSTRAINT "link_attempt_account_id_fkey";
ALTER TABLE "live_work" DROP CONSTRAINT "live_work_university_id_claim_id_fkey";
ALTER TABLE "session" DROP CONSTRAINT "session_university_id_member_id_fkey";
ALTER TABLE "sync_run" DROP CONSTRAINT "sync_run_account_id_fkey";
ALTER TABLE "sync_skip" DROP CONSTRAINT "sync_skip_run_id_fkey";
ALTER TABLE "sync_source" DROP CONSTRAINT "sync_source_account_id_fkey";
CREATE UNIQUE INDEX "claim_university_id_id_person_id_key" ON "claim"("university_id", "id", "person_id");
CREATE UNIQUE INDEX "linked_account_id_person_id_key" ON "linked_account"("id", "person_id");
CREATE UNIQUE INDEX "member_university_id_id_person_id_key" ON "member"("university_id", "id", "person_id");
CREATE UNIQUE INDEX "sync_run_id_person_id_key" ON "sync_run"("id", "person_id");
ALTER TABLE "session" ADD CONSTRAINT "session_university_id_member_id_person_id_fkey" FOREIGN KEY ("university_id", "member_id", "person_id") REFERENCES "member"("university_id", "id", "person_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "link_attempt" ADD CONSTRAINT "link_attempt_account_id_person_id_fkey" FOREIGN KEY ("account_id", "person_id") REFERENCES "linked_account"("id", "person_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "sync_source" ADD CONSTRAINT "sync_source_account_id_person_id_fkey" FOREIGN KEY ("account_id", "person_id") REFERENCES "linked_account"("id", "person_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_account_id_person_id_fkey" FOREIGN KEY ("account_id", "person_id") REFERENCES "linked_account"("id", "person_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "sync_skip" ADD CONSTRAINT "sync_skip_run_id_person_id_fkey" FOREIGN KEY ("run_id", "person_id") REFERENCES "sync_run"("id", "person_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "claim" ADD CONSTRAINT "claim_university_id_member_id_person_id_fkey" FOREIGN KEY ("university_id", "member_id", "person_id") REFERENCES "member"("university_id", "id", "person_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "live_work" ADD CONSTRAINT "live_work_university_id_claim_id_person_id_fkey" FOREIGN KEY ("university_id", "claim_id", "person_id") REFERENCES "claim"("university_id", "id", "person_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "decision" ADD CONSTRAINT "decision_university_id_member_id_person_id_fkey" FOREIGN KEY ("university_id", "member_id", "person_id") REFERENCES "member"("university_id", "id", "person_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
