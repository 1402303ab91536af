-- A run or an attempt to link names the university in whose name it goes: only one that the person is a member of.

DROP POLICY self ON sync_run;
CREATE POLICY self ON sync_run USING (person_id = scope_person()) WITH CHECK (
  person_id = scope_person()
  AND EXISTS (SELECT 1 FROM member m WHERE m.person_id = sync_run.person_id AND m.university_id = sync_run.university_id));

DROP POLICY self ON link_attempt;
CREATE POLICY self ON link_attempt USING (person_id = scope_person()) WITH CHECK (
  person_id = scope_person()
  AND EXISTS (SELECT 1 FROM member m WHERE m.person_id = link_attempt.person_id AND m.university_id = link_attempt.university_id));
