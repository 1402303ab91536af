-- A membership whose particulars were erased stands under a pseudonym for good: claims, decisions and ledger lines point at it.
ALTER TABLE "member" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);
ALTER TABLE member ADD CONSTRAINT erased_is_nobody CHECK (erased_at IS NULL OR (
  status = 'left' AND subject IS NULL AND email = '' AND programme = '' AND class_name = '' AND department_id IS NULL AND name = number));
