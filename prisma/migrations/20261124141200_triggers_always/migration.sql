-- These hold for a session that replays somebody else's changes too, as those of the append-only tables do.
ALTER TABLE credit_entry_student ENABLE ALWAYS TRIGGER erasure_only;
ALTER TABLE credit_entry_student ENABLE ALWAYS TRIGGER no_removal;
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER forward_only;
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER no_removal;
ALTER TABLE policy_version ENABLE ALWAYS TRIGGER published_stays;
ALTER TABLE policy_version ENABLE ALWAYS TRIGGER no_truncate;

-- An erasure leaves nothing to find somebody by: a class of a programme can be three people.
CREATE OR REPLACE FUNCTION refuse_all_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL
     OR NEW.university_id <> OLD.university_id OR NEW.sequence <> OLD.sequence
     OR NEW.salt <> '' OR NEW.name <> '' OR NEW.college <> '' OR NEW.student_number IN ('', OLD.student_number)
     OR NEW.programme IS NOT NULL OR NEW.class_name IS NOT NULL OR NEW.department_id IS NOT NULL THEN
    RAISE EXCEPTION 'the particulars of a ledger line may only be erased' USING ERRCODE = '55000';
  END IF;
  RETURN NEW;
END $$;
