#include "widgets/panels/problems_model.h"

#include <algorithm>

#include "widgets/document/translated.h"

namespace rw::ui {

ProblemsModel::ProblemsModel(const PipelineDocument& document, QObject* parent)
    : IssueModel(document, parent) {}

void ProblemsModel::set(std::vector<Issue> issues) {
    std::stable_sort(issues.begin(), issues.end(), [](const Issue& a, const Issue& b) {
        return a.severity == Severity::Error && b.severity != Severity::Error;
    });
    m_errors = static_cast<int>(std::count_if(
        issues.begin(), issues.end(), [](const Issue& issue) { return issue.severity == Severity::Error; }));
    show(std::move(issues));
}

QString ProblemsModel::line(int row) const {
    const Issue& each = issue(row);
    const QString severity = each.severity == Severity::Error ? tr("Error") : tr("Warning");
    return QStringList{severity, shown(each, Where), translated(each.message), translated(each.fix)}.join(
        QLatin1Char('\t'));
}

ProblemsModel::Sign ProblemsModel::signOf(int row) const {
    const bool error = issue(row).severity == Severity::Error;
    return error ? Sign{QStringLiteral("error"), ColorRole::Error}
                 : Sign{QStringLiteral("warning"), ColorRole::Warn};
}

QString ProblemsModel::headOfWhat() const {
    return tr("Problem");
}

}  // namespace rw::ui
