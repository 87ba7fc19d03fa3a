"""Settings of the identity service that the committee may change (decision 11)."""

from __future__ import annotations

from shared.persistence import Setting

SETTINGS = [
    Setting(
        "login_failures",
        5,
        "同一设备或地址登录同一账号失败几次后锁定",
        "decision 18",
        3,
        10,
        not_above="login_failures_account",
    ),
    Setting("login_lock_minutes", 15, "登录锁定时长（分钟）", "decision 18", 5, 1440),
    Setting(
        "login_failures_account",
        20,
        "一小时内各地陌生设备登录同一账号失败几次后放慢",
        "ADR 18",
        10,
        200,
        not_above="login_failures_address",
    ),
    Setting("login_failures_address", 50, "一小时内同一地址登录失败几次后放慢", "ADR 18", 20, 1000),
    Setting("device_days", 180, "登录过的设备记住多少天", "ADR 18", 1, 400),
    Setting(
        "refresh_idle_days",
        14,
        "多少天未使用须重新登录",
        "decision 16",
        1,
        30,
        not_above="session_days",
    ),
    Setting("session_days", 90, "一次登录最长有效天数", "decision 16", 1, 180),
    Setting("reset_code_hours", 24, "一次性验证码有效时长（小时）", "decision 18", 1, 72),
    Setting("reset_hold_hours", 24, "凭验证码重设密码后多少小时内不能审批", "ADR 19", 0, 168),
    Setting(
        "second_factor",
        1,
        "谁必须开启两步验证：0 不要求，1 有审批权的账号，2 所有账号",
        "ADR 36",
        0,
        2,
    ),
    Setting("password_min_length", 10, "密码最少字符数", "decision 18", 8, 64),
]
