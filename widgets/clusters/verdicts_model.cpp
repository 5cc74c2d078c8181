#include "widgets/clusters/verdicts_model.h"

#include <algorithm>

#include "core/deploy/translation.h"
#include "widgets/document/translated.h"
#include "widgets/document/verdict_appearance.h"

namespace rw::ui {

namespace {

struct VerdictRow {
    Verdict ofNode{}, verdict{};
    Issue issue{};
};

/// `whole`: the node has its parameters itself; of a subflow they are in another file.
VerdictRow verdictRow(const NodeId& node, Verdict ofNode, const Remark& remark, bool whole) {
    Issue issue;
    issue.severity = Severity::Warning;
    issue.message = remarkHead(remark);
    issue.fix = remarkAdvice(remark);
    issue.node = node;
    if (whole) {
        issue.param = remark.param;
        issue.item = remark.item;
        issue.position = remark.position;
        issue.length = remark.length;
        issue.quickFixes = remark.quickFixes;
    }
    return {ofNode, remark.verdict, std::move(issue)};
}

/// An issue inside a subflow is shown at the subflow: its parameters are in another file.
Issue asSeen(Issue issue) {
    const NodeId shown = outermost(issue.node);
    if (shown == issue.node) return issue;
    Issue seen;
    seen.severity = issue.severity;
    seen.message = std::move(issue.message);
    seen.fix = std::move(issue.fix);
    seen.node = shown;
    return seen;
}

std::vector<VerdictRow> rowsOf(const Translation& translation, const PipelineDocument& document) {
    std::vector<VerdictRow> rows;
    for (const Node& node : document.pipeline().nodes) {
        const auto found = translation.nodes.find(node.id);
        if (found == translation.nodes.end()) continue;
        const bool whole = !document.isSubflow(node.id);
        const Verdict worst = found->second.verdict();
        std::vector<Remark> remarks = found->second.findings;
        std::stable_sort(remarks.begin(), remarks.end(),
                         [](const Remark& a, const Remark& b) { return a.verdict > b.verdict; });
        for (const Remark& remark : remarks) rows.push_back(verdictRow(node.id, worst, remark, whole));
        if (found->second.findings.empty())
            rows.push_back(verdictRow(node.id, worst, {.verdict = worst}, whole));
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const VerdictRow& a, const VerdictRow& b) { return a.ofNode > b.ofNode; });
    return rows;
}

}  // namespace

VerdictsModel::VerdictsModel(const PipelineDocument& document, QObject* parent)
    : IssueModel(document, parent), m_document(document) {}

void VerdictsModel::set(const Translation* translation, const std::vector<Issue>& refusals) {
    std::vector<Issue> issues;
    for (const Issue& refusal : refusals) issues.push_back(asSeen(refusal));
    m_refusals = static_cast<int>(refusals.size());
    m_verdicts.assign(refusals.size(), Verdict::Refused);
    if (translation != nullptr) {
        for (VerdictRow& row : rowsOf(*translation, m_document)) {
            m_verdicts.push_back(row.verdict);
            issues.push_back(std::move(row.issue));
        }
    }
    show(std::move(issues));
}

QString VerdictsModel::line(int row) const {
    const Issue& each = issue(row);
    return QStringList{translated(each.message), shown(each, Where), translated(each.fix)}.join(
        QLatin1Char('\t'));
}

VerdictsModel::Sign VerdictsModel::signOf(int row) const {
    if (row < m_refusals) return {QStringLiteral("error"), ColorRole::Error};
    const VerdictSign sign = verdictSign(verdict(row));
    return {sign.icon, sign.role};
}

QString VerdictsModel::headOfWhat() const {
    return tr("Verdict");
}

}  // namespace rw::ui
