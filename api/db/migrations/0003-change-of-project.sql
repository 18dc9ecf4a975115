-- "When was this project last changed", for every panel.
create index change_of_project on change (project_id, at);
