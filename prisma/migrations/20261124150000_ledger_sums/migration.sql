-- The sums of a report are of everything that it names: read from the index alone, grouped in its order.
CREATE INDEX "credit_entry_university_id_member_id_term_id_credit_hundred_idx" ON "credit_entry"("university_id", "member_id", "term_id", "credit_hundredths");
