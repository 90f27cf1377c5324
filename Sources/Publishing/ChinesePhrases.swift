extension PageLanguage {
    /// What stands for a phrase of figures' alternative texts, as `Phrasing` of the module `Charts` asks for it; `nil` where nothing
    /// does.
    public func phrase(for english: String) -> String? {
        terms.phrase(english) ?? (isChinese ? PageLanguage.chinesePhrases[english] : nil)
    }

    /// The phrases in Chinese.
    static let chinesePhrases = [
        ", ": "，", "; ": "；", ".": "。", " ": "", "{1}: {2}": "{1}：{2}", "{1} {2}": "{1} {2}", "{1} ({2})": "{1}（{2}）",
        "{1} and {2}": "{1} 和 {2}", "{1} to {2}": "{1} 到 {2}", ", …": "，……", ", …, in all {1}": "，……，总共 {1}",
        "and {1} more marks": "另有 {1} 个图形", "The chart is empty.": "图中什么都没有。",
        // How many
        "{1} point": "{1} 个点", "{1} points": "{1} 个点", "{1} more point": "另有 {1} 个点", "{1} more points": "另有 {1} 个点",
        "{1} value": "{1} 个值", "{1} values": "{1} 个值", "{1} row": "{1} 行", "{1} rows": "{1} 行", "{1} column": "{1} 列",
        "{1} columns": "{1} 列", "{1} bin": "{1} 个区间", "{1} bins": "{1} 个区间", "{1} hexagon": "{1} 个六边形",
        "{1} hexagons": "{1} 个六边形", "{1} image": "{1} 幅图像", "{1} images": "{1} 幅图像",
        // Numbers that are not there
        "no values": "没有值", "values": "数值", "{1} has no value": "{1} 没有值", "{1} has no values": "{1} 没有值",
        "{1} no values": "{1} 没有值", " has no values": "没有值", ", {1} missing": "，缺 {1}", ", {1} infinite": "，{1}无穷",
        "{1} without a place": "{1}无处可画", "a rule{1} without a place": "一条无处可画的线{1}",
        "1 number is not above zero and has no place on the logarithmic {1} axis": "有 1 个数不大于零，在对数的 {1} 轴上没有位置",
        "{1} numbers are not above zero and have no place on the logarithmic {2} axis":
            "有 {1} 个数不大于零，在对数的 {2} 轴上没有位置",
        // Lines and bands
        "{1} is {2} at {3} {4}": "{3} 为 {4} 时，{1} 是 {2}",
        "{1} stays at {2} over {4} {5} to {6}": "{4} 从 {5} 到 {6}，{1} 一直是 {2}",
        "{1} goes from {2} to {3} over {4} {5} to {6}": "{4} 从 {5} 到 {6}，{1} 由 {2} 变到 {3}",
        "{1} falls from {2} to {3} over {4} {5} to {6}": "{4} 从 {5} 到 {6}，{1} 由 {2} 降到 {3}",
        "{1} rises from {2} to {3} over {4} {5} to {6}": "{4} 从 {5} 到 {6}，{1} 由 {2} 升到 {3}",
        ", lowest {1} at {2}": "，最低在 {2} 处，为 {1}", ", highest {1} at {2}": "，最高在 {2} 处，为 {1}",
        "a band": "一条带", "a band around {1}": "{1} 周围的带",
        " reaches from {1} to {2} at {3} {4}": "在 {3} {4} 处从 {1} 到 {2}",
        "a vertical rule at {1}{2}": "{1} 处的竖线{2}", "a horizontal rule at {1}{2}": "{1} 处的横线{2}",
        // Other marks
        "{1}, stacked: {2}": "{1}，堆叠：{2}",
        "{1} median {2} (quartiles {3} to {4})": "{1} 中位数 {2}（四分位数 {3} 到 {4}）",
        " of {1}": "（{1}）", "no lines of equal height{1}": "没有等高线{1}",
        "lines of equal height{1} at {2}": "等高线{1}，高度为 {2}",
        "no ellipse{1}: there are too few points": "没有椭圆{1}：点太少",
        "the ellipse{1} that {2} lie in, around {3}": "{2} 的点落在其中的椭圆{1}，中心 {3}",
        "{1} ({2}) by {3} ({4}) of {5}": "{1}（{2}）乘 {3}（{4}）的{5}",
        " from {1} to {2}, the greatest at row {3}, column {4}": "，从 {1} 到 {2}，最大在 {3} 行、{4} 列",
        "; {1} % lie on the diagonal": "；{1}% 在对角线上",
        "{1} in {2}": "{2}里有 {1}", "{1}, the most, {2}, at {3}": "{1}，最多处有 {2} 个，在 {3}",
        "{1} of {2} in {3} over {4}, the most, {5}, from {6}": "{2}的 {1}，分入 {4} 上的 {3}，最多处有 {5} 个，从 {6}",
        ", {1} of them framed": "，其中 {1} 幅带框", ", captioned {1}": "，说明为 {1}",
        "{1} of {2}×{3} pixels": "{1}，{2}×{3} 像素",
        "the names {1}": "名称：{1}", "{1} at {2}, {3}": "{1} 在 {2}，{3}", "colour": "颜色", "the note “{1}”": "注记“{1}”",
    ]
}
