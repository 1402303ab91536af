-- What was filed keeps the names that the university had on its day, and where the keys that signed it were: its files say
-- them in ten years too.
ALTER TABLE filing ADD COLUMN university_name_zh text, ADD COLUMN university_name_en text, ADD COLUMN keys_url text;

-- Of what was filed before, the names of today are the best that is known; where the keys were is not known here.
ALTER TABLE filing DISABLE TRIGGER append_only;
UPDATE filing f SET university_name_zh = u.name_zh, university_name_en = u.name_en
  FROM university u WHERE u.id = f.university_id;
ALTER TABLE filing ENABLE ALWAYS TRIGGER append_only;

ALTER TABLE filing ALTER COLUMN university_name_zh SET NOT NULL, ALTER COLUMN university_name_en SET NOT NULL;
