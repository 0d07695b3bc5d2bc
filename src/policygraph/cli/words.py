"""Hold what the command line says, in Chinese and English."""

from __future__ import annotations

from policygraph.errors import PolicyGraphError
from policygraph.messages import is_known
from policygraph.translated import in_chinese

_MESSAGES = {
    "internal": (
        "程序内部错误,请报告;设 POLICYGRAPH_DEBUG=1 可看详情",
        "an error in the program: please report it; POLICYGRAPH_DEBUG=1 shows more",
    ),
    "stopped": ("已中断", "stopped"),
    "extracting": ("抽取", "extracting"),
    "extracted": (
        "{done} 个文件已抽取到 {out},{failed} 个跳过",
        "{done} documents extracted to {out}, {failed} skipped",
    ),
    "look_at": ("请核对以下 {count} 处(置信度低于 {limit}):", "{count} places to look at (confidence below {limit}):"),
    "more": (
        "……另有 {count} 处,见各表 confidence、note 列",
        "... and {count} more; see the columns confidence and note",
    ),
    "not_understood": ("第 {line} 行不是责任条款:{reason}", "line {line} is no responsibility clause: {reason}"),
    "loaded": ("已载入", "loaded"),
    "documents": ("文件", "documents"),
    "actions": ("行动", "actions"),
    "clauses": ("责任条款", "clauses"),
    "responsibilities": ("责任", "responsibilities"),
    "targets": ("目标", "targets"),
    "triples": ("三元组", "triples"),
    "validated": ("检验", "validation"),
    "violation": ("错误", "errors"),
    "warning": ("警告", "warnings"),
    "info": ("提示", "infos"),
    "written": ("已写入 {path}", "wrote {path}"),
    "packed": ("已写入 {count} 个文件;从 {path} 看起", "wrote {count} files; start with {path}"),
    "ties": (
        "共有 {shared} 对,仅前者 {first} 对,仅后者 {second} 对,雅卡尔系数 {jaccard}",
        "ties: {shared} shared, {first} in the first alone, {second} in the second alone, Jaccard {jaccard}",
    ),
    "empty": ("没有结果:{why}", "no rows: {why}"),
    "in_memory": (
        "{path} 处没有图谱库,改用随附的文件在内存中构建(约数秒)",
        "no store at {path}; building the bundled plans in memory (some seconds)",
    ),
    "questions": ("可问的问题(policygraph ask 名称):", "questions (policygraph ask NAME):"),
    "parameters": ("参数", "parameters"),
    "agencies": ("机构", "agencies"),
    "bodies": ("议事协调机构", "coordinating bodies"),
    "cascade": ("逐级比较", "cascade"),
    "quality": ("数据质量", "quality"),
    "schedule": ("时间安排", "schedule"),
    "fine": ("正常", "fine"),
}


def say(key: str, language: str, **values: object) -> str:
    """Return a message in Chinese (``zh``) or English (``en``).

    >>> say("targets", "zh"), say("targets", "en")
    ('目标', 'targets')
    """
    return _MESSAGES[key][language != "zh"].format(**values)


def fault(error: object, language: str) -> str:
    """Return the line that tells of an error.

    >>> fault("plan.txt: the file is empty; check the download", "zh")
    'policygraph: plan.txt：文件是空的；请检查是否下载完整'
    """
    if isinstance(error, PolicyGraphError) and is_known(error.key):
        return f"policygraph: {error.said(language)}"
    return f"policygraph: {in_chinese(str(error)) if language == 'zh' else error}"
