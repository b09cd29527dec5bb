CREATE TABLE job_fault (
    job_id BIGINT NOT NULL,
    error VARCHAR(200) NOT NULL,
    at TIMESTAMPTZ DEFAULT now() NOT NULL,
    CONSTRAINT pk_job_fault PRIMARY KEY (job_id),
    CONSTRAINT fk_job_fault_job_id_procrastinate_jobs FOREIGN KEY (job_id) REFERENCES
        procrastinate_jobs (id) ON DELETE CASCADE
);
