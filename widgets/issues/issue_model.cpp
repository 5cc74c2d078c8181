#include "widgets/issues/issue_model.h"

#include <QCoreApplication>
#include <algorithm>
#include <string_view>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/session/lost_rows.h"
#include "widgets/session/run_findings.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

bool same(const Issue& a, const Issue& b) {
    return a.node == b.node && a.param == b.param && a.item == b.item && a.message == b.message;
}

/// The same thing to say, in other figures: while a run goes on they change each second.
bool sameButFigures(const Issue& a, const Issue& b) {
    return a.node == b.node && a.param == b.param && a.item == b.item && a.port == b.port &&
           std::string_view(a.message.key) == b.message.key;
}

bool looksSame(const Issue& a, const Issue& b) {
    return same(a, b) && a.severity == b.severity && a.fix == b.fix && a.position == b.position &&
           a.length == b.length && a.port == b.port && a.quickFixes == b.quickFixes;
}

// The text that `position` counts in: the parameter's, or that of its element.
std::string textOf(const Node& node, const Issue& issue) {
    const auto found = node.params.find(issue.param);
    if (found == node.params.end()) return {};
    const Json* value = &*found;
    if (issue.item >= 0) {
        const auto item = static_cast<std::size_t>(issue.item);
        if (!value->is_array() || item >= value->size()) return {};
        value = &(*value)[item];
    }
    return value->is_string() ? value->get<std::string>() : std::string();
}

QString spotOf(const std::string& text, std::size_t position) {
    const std::string before = text.substr(0, std::min(position, text.size()));
    const auto lines = std::count(before.begin(), before.end(), '\n');
    if (text.find('\n') != std::string::npos)
        return QCoreApplication::translate("problems", "line %1").arg(lines + 1);
    return QCoreApplication::translate("problems", "character %1")
        .arg(QString::fromStdString(before).size() + 1);
}

/// As its card calls the port; one that the node no longer has by what the wires call it.
QString portName(const NodeKind& kind, const std::string& port) {
    const int output = kind.outputPort(port), input = kind.inputPort(port);
    if (output >= 0) return translated(kind.outputs[static_cast<std::size_t>(output)].label);
    if (input >= 0) return translated(kind.inputs[static_cast<std::size_t>(input)].label);
    return shownText(QString::fromStdString(port));
}

/// “Condition, line 1”, “Columns, item 3”, “Input rows”; “Whole pipeline”.
QString placeOf(const PipelineDocument& document, const Issue& issue) {
    const Node* node = document.pipeline().find(issue.node);
    if (node == nullptr)
        return issue.node.empty() ? QCoreApplication::translate("problems", "Whole pipeline") : QString();
    const NodeKind* kind = document.kindOf(issue.node);
    if (issue.param.empty()) {
        if (issue.port.empty() || kind == nullptr) return {};
        const QString port = portName(*kind, issue.port);
        return kind->outputPort(issue.port) >= 0
                   ? QCoreApplication::translate("problems", "Output %1").arg(port)
                   : QCoreApplication::translate("problems", "Input %1").arg(port);
    }
    const ParamSpec* spec = kind != nullptr ? kind->param(issue.param) : nullptr;
    QStringList parts{spec != nullptr ? translated(spec->label) : QString::fromStdString(issue.param)};
    if (issue.item >= 0) parts << QCoreApplication::translate("problems", "item %1").arg(issue.item + 1);
    if (issue.length > 0) parts << spotOf(textOf(*node, issue), issue.position);
    return parts.join(QCoreApplication::translate("problems", ", "));
}

}  // namespace

IssueModel::IssueModel(const PipelineDocument& document, QObject* parent)
    : QAbstractTableModel(parent), m_document(document) {}

void IssueModel::show(std::vector<Issue> issues) {
    const bool unchanged =
        std::equal(issues.begin(), issues.end(), m_issues.begin(), m_issues.end(), looksSame);
    if (unchanged) return refresh();  // a node may have got another title
    beginResetModel();
    m_issues = std::move(issues);
    endResetModel();
}

int IssueModel::rowOf(const Issue& issue) const {
    auto found = std::find_if(m_issues.begin(), m_issues.end(),
                              [&](const Issue& other) { return same(issue, other); });
    if (found == m_issues.end()) {
        found = std::find_if(m_issues.begin(), m_issues.end(),
                             [&](const Issue& other) { return sameButFigures(issue, other); });
    }
    return found == m_issues.end() ? -1 : static_cast<int>(found - m_issues.begin());
}

void IssueModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_issues.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int IssueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_issues.size());
}

int IssueModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString IssueModel::shown(const Issue& issue, int column) const {
    switch (column) {
        case What:
            return translated(issue.message);
        case Where:
            return issue.node.empty() ? QString() : appearanceOf(m_document, issue.node).title;
        case Place:
            return placeOf(m_document, issue);
        default:
            if (!issue.quickFixes.empty()) return translated(issue.quickFixes.front().label);
            if (asksWhyNoRow(issue)) return tr("Why no row?");
            return hasRowsToShow(issue) ? tr("Show the rows") : QString();
    }
}

QVariant IssueModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Issue& each = issue(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return shown(each, index.column());
        case Qt::ToolTipRole:
            if (index.column() == What) return translated(each.message) + u'\n' + translated(each.fix);
            return shown(each, index.column());
        case Qt::AccessibleTextRole:
            return index.column() == What ? line(index.row()).replace(u'\t', u'\n')
                                          : shown(each, index.column());
        case kFixRole:
            return translated(each.fix);
        case kIconRole:
            return appearanceOf(m_document, each.node).icon;
        case kSignRole:
            return signOf(index.row()).icon;
        case kColorRole:
            return QVariant::fromValue(signOf(index.row()).role);
        default:
            return {};
    }
}

QVariant IssueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case What:
            return headOfWhat();
        case Where:
            return tr("Node");
        case Place:
            return tr("Where");
        default:
            return tr("Quick fix");
    }
}

}  // namespace rw::ui
