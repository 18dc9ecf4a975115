-- A project's past: its history page, and its facts as of a day.
create index plan_history_of_project on plan_history (project_id);
create index milestone_history_of_project on milestone_history (project_id);
create index investment_history_of_project on investment_history (project_id);
create index report_history_of_project on report_history (project_id);
