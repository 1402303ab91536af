-- A 学号 or staff number is kept in capital letters, whoever wrote it (lib/domain/member-number.ts). Where both spellings
-- are members already, nobody can say here whether they are one person: those stay for the university to clear.
UPDATE member m SET number = upper(m.number)
 WHERE m.number <> upper(m.number)
   AND NOT EXISTS (SELECT 1 FROM member o
                    WHERE o.university_id = m.university_id AND o.id <> m.id AND upper(o.number) = upper(m.number));
