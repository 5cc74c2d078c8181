#include "widgets/panels/problems_model.h"

#include <algorithm>

#include "widgets/document/node_mark.h"
#include "widgets/document/words.h"
#include "widgets/panels/problem_place.h"

namespace rw::ui {
namespace {

bool same(const Issue& a, const Issue& b) {
    return a.node == b.node && a.param == b.param && a.item == b.item && a.message == b.message;
}

bool looksSame(const Issue& a, const Issue& b) {
    return same(a, b) && a.severity == b.severity && a.mend == b.mend && a.position == b.position &&
           a.length == b.length && a.port == b.port &&
           std::equal(a.fixes.begin(), a.fixes.end(), b.fixes.begin(), b.fixes.end(),
                      [](const QuickFix& x, const QuickFix& y) {
                          return x.kind == y.kind && x.label == y.label && x.node == y.node &&
                                 x.param == y.param && x.value == y.value && x.port == y.port;
                      });
}

}  // namespace

ProblemsModel::ProblemsModel(const PipelineDocument& document, QObject* parent)
    : QAbstractTableModel(parent), m_document(document) {}

void ProblemsModel::set(std::vector<Issue> issues) {
    std::stable_sort(issues.begin(), issues.end(), [](const Issue& a, const Issue& b) {
        return a.severity == Severity::Error && b.severity != Severity::Error;
    });
    const bool unchanged =
        std::equal(issues.begin(), issues.end(), m_issues.begin(), m_issues.end(), looksSame);
    if (unchanged) return refresh();  // a node may have got another title
    beginResetModel();
    m_issues = std::move(issues);
    m_errors = static_cast<int>(std::count_if(m_issues.begin(), m_issues.end(), [](const Issue& issue) {
        return issue.severity == Severity::Error;
    }));
    endResetModel();
}

int ProblemsModel::rowOf(const Issue& issue) const {
    const auto found = std::find_if(m_issues.begin(), m_issues.end(),
                                    [&](const Issue& other) { return same(issue, other); });
    return found == m_issues.end() ? -1 : static_cast<int>(found - m_issues.begin());
}

QString ProblemsModel::line(int row) const {
    const Issue& each = issue(row);
    const QString severity = each.severity == Severity::Error ? tr("Error") : tr("Warning");
    return QStringList{severity, shown(each, Where), translated(each.message), translated(each.mend)}.join(
        QLatin1Char('\t'));
}

void ProblemsModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_issues.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ProblemsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_issues.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString ProblemsModel::shown(const Issue& issue, int column) const {
    switch (column) {
        case What:
            return translated(issue.message);
        case Where:
            return issue.node.empty() ? QString() : markOf(m_document, issue.node).title;
        case Place:
            return placeOf(m_document, issue);
        default:
            return issue.fixes.empty() ? QString() : translated(issue.fixes.front().label);
    }
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Issue& each = issue(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return shown(each, index.column());
        case Qt::ToolTipRole:
            if (index.column() == What) return translated(each.message) + u'\n' + translated(each.mend);
            return shown(each, index.column());
        case Qt::AccessibleTextRole:
            return index.column() == What ? line(index.row()) : shown(each, index.column());
        case kMendRole:
            return translated(each.mend);
        case kIconRole:
            return markOf(m_document, each.node).icon;
        default:
            return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case What:
            return tr("Problem");
        case Where:
            return tr("Node");
        case Place:
            return tr("Where");
        default:
            return tr("Quick fix");
    }
}

}  // namespace rw::ui
