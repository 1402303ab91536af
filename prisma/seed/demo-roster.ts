import type pg from 'pg'
import type { DemoMembership } from './demo-people'

type RosterRow = DemoMembership & { name: string }

/** Puts people on a university's roster. Who stands there already stays as they are, roles included. */
export async function seedRoster(client: pg.Client, universityId: string, rows: readonly RosterRow[]): Promise<void> {
  await client.query(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb)
         as r(number text, name text, college text, programme text, "className" text, email text, roles jsonb)
     ), added as (
       insert into member (university_id, id, number, name, department_id, programme, class_name, email)
       select $1, gen_random_uuid(), g.number, g.name, d.id, coalesce(g.programme, ''), coalesce(g."className", ''), g.email
       from given g left join department d on d.university_id = $1 and d.name = g.college
       on conflict (university_id, number) do nothing
       returning id, number, department_id
     ), roles as (
       insert into member_role (university_id, member_id, role, source)
       select $1, a.id, role, case role when 'admin' then 'granted' else 'roster' end
       from added a join given g using (number), jsonb_array_elements_text(g.roles) role
       returning member_id, role
     )
     insert into review_assignment (university_id, member_id, department_id)
     select $1, a.id, a.department_id from added a join roles r on r.member_id = a.id
     where r.role = 'reviewer' and a.department_id is not null`,
    [universityId, JSON.stringify(rows)],
  )
}
