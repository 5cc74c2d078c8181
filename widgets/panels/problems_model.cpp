#include "widgets/panels/problems_model.h"

#include <algorithm>

#include "widgets/document/translated.h"
#include "widgets/document/unfinished.h"
#include "widgets/session/run_findings.h"

namespace rw::ui {

ProblemsModel::ProblemsModel(const PipelineDocument& document, QObject* parent)
    : IssueModel(document, parent) {}

ProblemsModel::Rank ProblemsModel::rankOf(const Issue& issue) const {
    if (isUnfinished(issue, m_calm)) return Rank::Unfinished;
    if (isNotice(issue)) return Rank::Notice;
    return issue.severity == Severity::Error ? Rank::Error : Rank::Warning;
}

void ProblemsModel::set(std::vector<Issue> issues, bool calm) {
    m_calm = calm;
    std::stable_sort(issues.begin(), issues.end(),
                     [this](const Issue& a, const Issue& b) { return rankOf(a) < rankOf(b); });
    const auto count = [&](Rank rank) {
        return static_cast<int>(std::count_if(issues.begin(), issues.end(),
                                              [&](const Issue& issue) { return rankOf(issue) == rank; }));
    };
    m_errors = count(Rank::Error);
    m_notices = count(Rank::Notice);
    m_unfinished = count(Rank::Unfinished);
    show(std::move(issues));
}

QString ProblemsModel::line(int row) const {
    const Issue& each = issue(row);
    const Rank rank = rankOf(each);
    const QString severity = rank == Rank::Error     ? tr("Error")
                             : rank == Rank::Warning ? tr("Warning")
                             : rank == Rank::Notice  ? tr("Notice")
                                                     : tr("To do");
    return QStringList{severity, shown(each, Where), translated(each.message), translated(each.fix)}.join(
        QLatin1Char('\t'));
}

ProblemsModel::Sign ProblemsModel::signOf(int row) const {
    switch (rankOf(issue(row))) {
        case Rank::Error:
            return {QStringLiteral("error"), ColorRole::Error};
        case Rank::Warning:
            return {QStringLiteral("warning"), ColorRole::Warn};
        case Rank::Notice:
            return {QStringLiteral("info"), ColorRole::Accent};
        case Rank::Unfinished:
            break;
    }
    return {QStringLiteral("edit"), ColorRole::Dim};
}

QString ProblemsModel::headOfWhat() const {
    return tr("Problem");
}

}  // namespace rw::ui
