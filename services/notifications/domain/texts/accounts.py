"""The texts of messages of membership and accounts."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template


def _membership(title: str, text: str) -> Template:
    return Template(Category.MEMBERSHIP, title, text, "MEMBER", "member_id")


def _account(title: str, text: str) -> Template:
    return Template(Category.ACCOUNT, title, text, "ACCOUNT", "account_id")


def _setting(title: str, text: str) -> Template:
    return Template(Category.ACCOUNT, title, text, "SETTING_CHANGE", "change_id")


ACCOUNTS: dict[str, Template] = {
    "MEMBER_APPOINTED": _membership(
        "欢迎您履职",
        "您已就任政协委员，委员证号{member_no}。在这里可以提交提案、答复联名邀请、查看履职积分。",
    ),
    "MEMBER_POST_CHANGED": _membership("职务变更", "您的政协职务有变更，请查看委员资料。"),
    "PROFILE_CHANGE_CONFIRMED": _membership(
        "资料变更已确认", "您申请的资料变更已由办公室确认，请查看委员资料。"
    ),
    "PROFILE_CHANGE_REFUSED": _membership("资料变更未通过", "您申请的资料变更未通过：{reason}"),
    "MEMBER_SUSPENDED": _membership("暂停履职", "您的委员履职已暂停，如有疑问请联系办公室。"),
    "MEMBER_REINSTATED": _membership("恢复履职", "您的委员履职已恢复。"),
    "MEMBER_RESIGNED": _membership("请辞已办理", "您的请辞已办理，此前参与的提案仍可查看。"),
    "MEMBER_REVOKED": _membership("委员资格已撤销", "您的委员资格已撤销，如有疑问请联系办公室。"),
    "MEMBER_TERM_ENDED": _membership(
        "任期届满", "本届委员任期已届满，感谢您的履职，此前参与的提案仍可查看。"
    ),
    "ACCOUNT_LOCKED": _account(
        "登录已暂时锁定",
        "您的账号多次登录失败，陌生设备在{locked_until}前不能登录，您用过的设备不受影响。"
        "如非本人操作请联系办公室。",
    ),
    "ACCOUNT_ENABLED": _account("账号已启用", "您的账号已重新启用。"),
    "ACCOUNT_SIGNED_OUT_EVERYWHERE": _account(
        "已退出全部登录", "您的账号已在所有设备上退出登录，如非本人操作请联系办公室。"
    ),
    "ACCOUNT_RESET_REQUESTED": _account(
        "有人申请重置您的密码", "有人为您的账号申请重置密码，如非您本人要求请立即联系安全管理员。"
    ),
    "ACCOUNT_CODE_ISSUED": _account(
        "已发放一次性验证码",
        "已为您的账号发放重设密码的一次性验证码，如非您本人要求请立即联系安全管理员。",
    ),
    "ACCOUNT_PASSWORD_RESET": _account(
        "密码已重设", "您的账号已凭一次性验证码重设密码，如非本人操作请立即联系安全管理员。"
    ),
    "WECHAT_BOUND": _account(
        "微信已绑定", "您的账号已绑定微信，今后的消息将同时发到微信，如非本人操作请立即联系办公室。"
    ),
    "WECHAT_UNBOUND": _account("微信已解除绑定", "您的账号已解除微信绑定，消息不再发到微信。"),
    "ACCOUNT_SECOND_FACTOR_SET": _account(
        "已开启两步验证", "您的账号已开启两步验证，如非本人操作请立即联系安全管理员。"
    ),
    "ACCOUNT_SECOND_FACTOR_DROPPED": _account(
        "已关闭两步验证", "您的账号的两步验证已关闭，如非本人操作请立即联系安全管理员。"
    ),
    "SETTING_CHANGE_APPROVED": _setting("设置调整已批准", "您提出的设置调整已批准：{label}。"),
    "SETTING_CHANGE_REFUSED": _setting(
        "设置调整未获批准", "您提出的设置调整未获批准：{label}，理由请查看。"
    ),
    "ROLE_GRANTED": _account("角色已授予", "您的账号已获得角色：{role}。"),
    "ROLE_REVOKED": _account("角色已收回", "您的账号的角色已收回：{role}。"),
    "ROLE_REFUSED": _account("授权申请未获同意", "角色“{role}”的授权申请未获办公室同意。"),
}
