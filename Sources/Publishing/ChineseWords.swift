import Notebook

extension PageLanguage {
    /// The words of the shell in Chinese.
    static let chinese = Terms([
        ": ": "：", ", ": "，", ".": "。",
        // Around the text
        "Chapters": "目录", "Contents": "目录", "Previous": "上一章", "Next": "下一章", "# of #": "第 {1} 章，共 {2} 章",
        "Place in the book": "本章的位置", "Other pages": "相邻章节", "On this page": "本页内容", "Language": "语言",
        "To the text": "跳到正文", "Search": "搜索", "Search the book": "搜索本书", "Search  /": "搜索  /",
        "Show code": "显示代码", "Hide code": "隐藏代码", "Copy": "复制", "Copied": "已复制", "Not copied": "未能复制",
        "This page has not been translated yet.": "本页尚未翻译，以下为英文原文。",
        // Search
        "All words must occur in a section. The key / leads to the box, the arrows to what was found, Enter opens it.":
            "一节中须出现所有词。按 / 进入搜索框，用方向键选择结果，按回车打开。",
        "Searching needs JavaScript. All pages are listed here:": "搜索需要 JavaScript。所有页面见：",
        "1 section": "1 节", "# sections": "# 节", "Nothing on these pages has all of this.": "没有一节含有所有这些词。",
        "The first # of #": "前 {1} 节，共 {2}",
        // Prose
        " in ": "，见", "Figure": "图", "Table": "表", "Equation": "式", "Claim": "论断", "References": "参考文献",
        "p.": "页", "Footnotes": "脚注", "Files": "文件", "Back to the text": "回到正文", "Link to this section": "本节链接",
        "Note": "注", "Tip": "提示", "Important": "重要", "Warning": "警告", "Caution": "当心",
        // Cells
        "Code, 1 line": "代码，1 行", "Code, # lines": "代码，# 行", "# more lines": "另有 # 行", "Data (CSV)": "数据（CSV）",
        "The arrow keys lead from value to value.": "用方向键逐个查看数值。",
        "Not run: the notebook has an error before it.": "未运行：前面的单元有错误。",
        // Claims
        "supported": "成立", "refuted": "不成立", "conditional": "有条件成立", "undecided": "未定", "stale": "已过时", "open": "待定",
        "all": "全部", "holds": "成立", "does not hold": "不成立", "decides": "决定结论", "beside it": "附带",
        "Measured": "测量", "Rule": "规则", "Rule, set before the run": "运行前定下的规则", "Known": "已知",
        "#\u{A0}% interval": "#% 区间", "right": "正确", "wrong": "错误", "Edition": "版本", "points": "个百分点",
        "No notebook decides it yet.": "尚无章节判定它。",
        // The front page
        "The text under test": "受检的文章", "This book tests ": "本书检验了 ", "The most surprising findings": "最出人意料的发现",
        "The claims and their verdicts": "各项论断及其结论", "How verdicts are made": "结论怎样得出", "No.": "编号", "Verdict": "结论",
        "Effect and 95\u{A0}% interval": "效应与 95% 区间", "Show": "显示", "1 claim": "1 项论断", "# claims": "# 项论断",
        "# supported": "# 项成立", "# refuted": "# 项不成立", "# conditional": "# 项有条件成立", "# undecided": "# 项未定",
        "# stale": "# 项已过时", "# open": "# 项待定", "A figure of this chapter": "本章的一幅图",
        "How often the rules err": "这些规则多常出错",
        Ledger.explanation:
            "每个结论都由运行之前定下的规则得出。规则若单独写在文件里，区间与符号翻转检验的 p 值须一致，而且 p 值在 Holm 校正之后仍须成立；"
            + "该校正针对同一版本中所有起决定作用的结果；否则论断“未定”，即这些运行不足以说明。若一些结果支持、另一些不支持，"
            + "论断“有条件成立”。若记录依据的是另一条规则，该条目即为“已过时”。若本书指明由哪个版本判定，这里给出该版本的结论，"
            + "其他版本的结论列在旁边，只用来核对符号。",
        "in edition": "版本", ClaimWriter.correction: "仅就本项而言；账本会针对全部论断校正其 p 值，结论可能变为未定。",
        "Changes": "更新", "How to cite this book": "如何引用本书", "version": "版本",
        // The foot
        "How this page was made": "本页怎样生成", "Key": "键", "Compiler": "编译器", "Instructions": "指令集", "Sandbox": "沙箱",
        "Parameters": "参数", "Inputs, SHA-256": "输入，SHA-256",
    ])
}
