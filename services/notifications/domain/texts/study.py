"""The texts of messages of study and training."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template


def _class(title: str, text: str) -> Template:
    return Template(Category.STUDY, title, text, "ROTATION_CLASS", "class_id")


def _paper(title: str, text: str) -> Template:
    return Template(Category.STUDY, title, text, "STUDY_PAPER", "paper_id")


def _material(title: str, text: str) -> Template:
    return Template(Category.STUDY, title, text, "STUDY_MATERIAL", "material_id")


def _study_plan(title: str, text: str) -> Template:
    return Template(Category.STUDY, title, text, "STUDY_PLAN", "plan_id")


STUDY: dict[str, Template] = {
    "STUDY_PLAN_APPROVED": _study_plan("学习计划已审定", "{year}年度学习计划已审定，请查看。"),
    "STUDY_PLAN_RETURNED": _study_plan(
        "学习计划未通过", "提请审定的{year}年度学习计划未通过，请修改。"
    ),
    "CLASS_OPENED": _class("轮训班开放报名", "{title}开放报名，请在{enrol_by}前报名。"),
    "CLASS_AGAIN": _class(
        "邀请您参加轮训班", "您本届尚未完成轮训，{title}已开放报名，请在{enrol_by}前报名。"
    ),
    "CLASS_MISSED": _class(
        "轮训班未结业", "您在{title}的出席未达到结业要求，下一期开放报名时将邀请您参加。"
    ),
    "CLASS_CANCELLED": _class("轮训班取消", "{title}已取消：{reason}。"),
    "PLACE_GIVEN": _class("轮训班候补录取", "您已由候补转为{title}的学员。"),
    "CERTIFICATE_ISSUED": _class("结业证书已颁发", "{title}结业证书已颁发，证号{number}。"),
    "CERTIFICATE_REVOKED": _class(
        "结业证书已撤销", "出席记录更正后，{title}结业证书（证号{number}）已撤销。"
    ),
    "PAPER_ACCEPTED": _paper("学习文章已采用", "您提交的学习文章已采用，请查看。"),
    "PAPER_DECLINED": _paper("学习文章未采用", "您提交的学习文章《{title}》未采用，请查看意见。"),
    "PAPER_REVOKED": _paper("学习文章撤销采用", "您的一篇学习文章已撤销采用，请查看意见。"),
    "MATERIAL_RETURNED": _material("学习资料退回修改", "学习资料《{title}》未通过审核，请修改。"),
    "MATERIAL_ISSUED": _material("新的学习资料", "学习资料《{title}》已编发，请阅知。"),
    "MATERIAL_RECALLED": _material("学习资料已撤回", "学习资料《{title}》已撤回：{reason}。"),
    "QUESTION_ANSWERED": Template(
        Category.STUDY,
        "部门已答复",
        "您就知情通报提出的问题已有答复，请查看。",
        "STUDY_QUESTION",
        "question_id",
    ),
}
