-- The filing that does not hold, where the check of a ledger found one: "2025-2026-1-2", as reports name it.
ALTER TABLE ledger_check ADD COLUMN filing text;
