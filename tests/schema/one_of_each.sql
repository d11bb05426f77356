-- One row in every table, so that each value can be tried on a row that is otherwise right.
INSERT INTO users (id, phone_number, role) VALUES
    ('00000000-0000-0000-0000-000000000001', '+919999999991', 'PATIENT'),
    ('00000000-0000-0000-0000-000000000002', '+919999999992', 'DOCTOR'),
    ('00000000-0000-0000-0000-000000000003', '+919999999993', 'CAREGIVER');
INSERT INTO patients (id, user_id, target_hba1c)
VALUES ('00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-000000000001', 7.0);
INSERT INTO doctors (id, user_id, full_name, specialty, onboarding_qr_code) VALUES (
    '00000000-0000-0000-0000-000000000012', '00000000-0000-0000-0000-000000000002',
    'Dr. One', 'DIABETES', 'DOC-ONE'
);
INSERT INTO caregivers (id, user_id, full_name)
VALUES ('00000000-0000-0000-0000-000000000013', '00000000-0000-0000-0000-000000000003', 'One');
INSERT INTO doctor_patient_connections (doctor_id, patient_id, doctor_type) VALUES (
    '00000000-0000-0000-0000-000000000012', '00000000-0000-0000-0000-000000000011',
    'REFERRING_DOCTOR'
);
INSERT INTO caregiver_patient_connections (caregiver_id, patient_id)
VALUES ('00000000-0000-0000-0000-000000000013', '00000000-0000-0000-0000-000000000011');
INSERT INTO consents (user_id, version, language, message_sid, given_at)
VALUES ('00000000-0000-0000-0000-000000000001', 'one', 'en', 'SM1', '2025-01-13 08:00+05:30');
INSERT INTO whatsapp_addresses (address, user_id, last_inbound_at) VALUES (
    'whatsapp:+919999999991', '00000000-0000-0000-0000-000000000001', '2025-01-13 08:00+05:30'
);
INSERT INTO conversations (user_id, node) VALUES ('00000000-0000-0000-0000-000000000001', '{}');
INSERT INTO heartbeats (name, at) VALUES ('clock', '2025-01-13 08:00+05:30');
INSERT INTO inbound_messages (id, sid, address, source, received_at, kept_at) VALUES (
    '00000000-0000-0000-0000-000000000021', 'SM1', 'whatsapp:+919999999991', 'WEBHOOK',
    '2025-01-13 08:00+05:30', '2025-01-13 08:00+05:30'
);
INSERT INTO glucose_readings (patient_id, recorded_at, value, state, source) VALUES (
    '00000000-0000-0000-0000-000000000011', '2025-01-13 08:00+05:30', 128, 'MORNING_FASTING',
    'MANUAL'
);
INSERT INTO medications (id, patient_id, name, dosage, frequency, scheduled_times, start_date)
VALUES (
    '00000000-0000-0000-0000-000000000022', '00000000-0000-0000-0000-000000000011',
    'metformin', '500mg', 'ONCE_DAILY', '{08:00}', '2025-01-13 08:00+05:30'
);
INSERT INTO emergency_events (id, patient_id, type, level, instructions, opened_at) VALUES (
    '00000000-0000-0000-0000-000000000023', '00000000-0000-0000-0000-000000000011',
    'HYPOGLYCEMIA', 'P1', 'Sugar now.', '2025-01-13 08:00+05:30'
);
INSERT INTO outbound_messages (
    id, idempotency_key, user_id, event_id, purpose, priority, language, texts, next_attempt_at,
    queued_at
) VALUES (
    '00000000-0000-0000-0000-000000000024', 'one', '00000000-0000-0000-0000-000000000003',
    '00000000-0000-0000-0000-000000000023', 'alert', 0, 'en', '[]', '2025-01-13 08:00+05:30',
    '2025-01-13 08:00+05:30'
);
INSERT INTO parked_statuses (sid, status, received_at)
VALUES ('SM2', 'SENT', '2025-01-13 08:00+05:30');
INSERT INTO notifications (
    patient_id, recipient_user_id, outbound_id, type, title, body, channel
) VALUES (
    '00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-000000000003',
    '00000000-0000-0000-0000-000000000024', 'EMERGENCY_ALERT', 'Alert', 'Sugar now.', 'WHATSAPP'
);
-- The dose was logged by a caregiver who has left since.
INSERT INTO medication_logs (medication_id, patient_id, scheduled_time, status, logged_by) VALUES (
    '00000000-0000-0000-0000-000000000022', '00000000-0000-0000-0000-000000000011',
    '2025-01-13 08:00+05:30', 'TAKEN', '00000000-0000-0000-0000-000000000009'
);
INSERT INTO meals (patient_id, meal_type, consumed_at)
VALUES ('00000000-0000-0000-0000-000000000011', 'BREAKFAST', '2025-01-13 08:30+05:30');
INSERT INTO health_records (
    patient_id, file_url, file_name, file_type, file_size_bytes, record_type, category, record_date
) VALUES (
    '00000000-0000-0000-0000-000000000011', 'file:one', 'one.pdf', 'application/pdf', 1,
    'LAB_REPORT', 'DIABETES', '2025-01-13 08:00+05:30'
);
INSERT INTO appointments (patient_id, doctor_id, requested_date, duration, reason) VALUES (
    '00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-000000000012',
    '2025-01-20 08:00+05:30', 30, 'FOLLOW_UP'
);
INSERT INTO patterns (patient_id, type, confidence, sample_size, detected_at) VALUES (
    '00000000-0000-0000-0000-000000000011', 'ACTIVITY_IMPACT', 0.8, 12, '2025-01-13 08:00+05:30'
);
INSERT INTO pooled_questions (id, doctor_id, question) VALUES (
    '00000000-0000-0000-0000-000000000061', '00000000-0000-0000-0000-000000000012',
    'May I eat mangoes?'
);
INSERT INTO pooled_question_askers (question_id, patient_id, question, language) VALUES (
    '00000000-0000-0000-0000-000000000061', '00000000-0000-0000-0000-000000000011',
    'May I eat mangoes?', 'en'
);
INSERT INTO messages (sender_id, receiver_id, body) VALUES (
    '00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'Well done.'
);
INSERT INTO access_log (viewer_user_id, patient_id, relation, need, at) VALUES (
    '00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-000000000011', 'CAREGIVER',
    'READINGS', '2025-01-13 08:00+05:30'
);
INSERT INTO health_scores (patient_id, on_day, scored_at, value, is_provisional, inputs) VALUES (
    '00000000-0000-0000-0000-000000000011', '2025-01-13', '2025-01-13 08:00+05:30', 74.2, false,
    '{"at": "2025-01-13T02:30:00+00:00", "readings": 12}'
);
INSERT INTO glucose_checks (patient_id, at, next_at)
VALUES ('00000000-0000-0000-0000-000000000011', '07:00', '2025-01-14 07:00+05:30');
INSERT INTO one_time_codes (
    id, patient_id, phone_number, code_hash, may_log, may_see, sent_at, expires_at
) VALUES (
    '00000000-0000-0000-0000-000000000031', '00000000-0000-0000-0000-000000000011',
    '+919999999993', 'one', false, true, '2025-01-13 08:00+05:30', '2025-01-13 08:10+05:30'
);
