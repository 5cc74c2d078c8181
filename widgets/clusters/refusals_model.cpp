#include "widgets/clusters/refusals_model.h"

#include <utility>

#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

/// An issue inside a subflow is shown at the subflow: its parameters are in another file.
Issue issueAt(const NodeId& node, const std::string& param, Text what, Text fix) {
    Issue issue;
    issue.message = std::move(what);
    issue.fix = std::move(fix);
    issue.node = outermost(node);
    if (issue.node == node) issue.param = param;
    return issue;
}

}  // namespace

RefusalsModel::RefusalsModel(const PipelineDocument& document, QObject* parent)
    : IssueModel(document, parent) {}

void RefusalsModel::set(const std::vector<CompareRefusal>& refusals) {
    std::vector<Issue> issues;
    for (const CompareRefusal& refusal : refusals) {
        Text what = refusal.what;
        if (!refusal.target.empty()) what = RW_TEXT("compare", "%1: %2").with(refusal.target, refusal.what);
        Issue issue = issueAt(refusal.node, refusal.param, std::move(what), refusal.fix);
        if (issue.node == refusal.node) issue.quickFixes = refusal.quickFixes;
        issues.push_back(std::move(issue));
    }
    show(std::move(issues));
}

void RefusalsModel::set(const Error& failure) {
    show({issueAt(failure.node, failure.param, failure.message, failure.fix)});
}

QString RefusalsModel::line(int row) const {
    const Issue& each = issue(row);
    return QStringList{translated(each.message), shown(each, Where), translated(each.fix)}.join(
        QLatin1Char('\t'));
}

RefusalsModel::Sign RefusalsModel::signOf(int) const {
    return {QStringLiteral("error"), ColorRole::Error};
}

QString RefusalsModel::headOfWhat() const {
    return tr("Why nothing was compared");
}

}  // namespace rw::ui
