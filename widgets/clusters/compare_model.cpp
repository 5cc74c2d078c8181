#include "widgets/clusters/compare_model.h"

#include <QStringList>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/compare/report_text.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr qsizetype kSideLength = 24;

QString sideName(const CompareSide& side) {
    return side.target ? shownText(QString::fromStdString(side.name), kSideLength)
                       : CompareModel::tr("Embedded");
}

QString causeLine(const Cause& cause) {
    const QString word = translated(causeWord(cause.kind)), evidence = translated(cause.evidence);
    if (cause.rows == 0) return CompareModel::tr("Cause: %1. %2").arg(word, evidence);
    return CompareModel::tr("Cause: %1, rows: %2. %3").arg(word, countText(cause.rows), evidence);
}

}  // namespace

ComparedSides sidesOf(const CompareSide& a, const CompareSide& b) {
    const QString inA = sideName(a), inB = sideName(b);
    if (inA != inB) return {inA, inB};
    return {inA + QStringLiteral(" (1)"), inB + QStringLiteral(" (2)")};
}

CompareModel::CompareModel(const PipelineDocument& document, QObject* parent)
    : QAbstractTableModel(parent), m_document(document) {}

void CompareModel::set(std::shared_ptr<const CompareReport> report, const ComparedSides& sides) {
    const bool same = report == m_report;
    if (!same) beginResetModel();
    m_report = std::move(report);
    m_sides = sides;
    if (!same) return endResetModel();
    refresh();
}

const ComparedNode* CompareModel::node(int row) const {
    const auto at = static_cast<std::size_t>(row);
    return m_report && row >= 0 && at < m_report->nodes.size() ? &m_report->nodes[at] : nullptr;
}

const CheckedCondition& CompareModel::condition(int row) const {
    return m_report->conditions[static_cast<std::size_t>(row) - m_report->nodes.size()];
}

const NodeId& CompareModel::whereOf(int row) const {
    const ComparedNode* compared = node(row);
    return compared != nullptr ? compared->node : condition(row).node;
}

NodeId CompareModel::nodeOf(int row) const {
    return outermost(whereOf(row));
}

int CompareModel::firstDifferent() const {
    if (!m_report) return -1;
    const auto& nodes = m_report->nodes;
    const auto first = std::find_if(nodes.begin(), nodes.end(),
                                    [](const ComparedNode& compared) { return !compared.difference.same(); });
    return first == nodes.end() ? -1 : static_cast<int>(first - nodes.begin());
}

// Several may be in one subflow.
QString CompareModel::titleAt(int row) const {
    const NodeId& whole = whereOf(row);
    const NodeId shown = outermost(whole);
    const QString title = appearanceOf(m_document, shown).title;
    if (shown == whole) return title;
    return QStringLiteral("%1 › %2").arg(title, QString::fromStdString(whole.substr(shown.size() + 1)));
}

QString CompareModel::found(int row) const {
    const ComparedNode* compared = node(row);
    if (compared == nullptr) {
        const CheckedCondition& checked = condition(row);
        return tr("While %1: %2").arg(translated(checked.condition), translated(heldWord(checked.held)));
    }
    const RowDifference& difference = compared->difference;
    if (difference.same())
        return translated(figures::counted(compared->rowsA, RW_TEXT("compare", "The same: 1 row"),
                                           RW_TEXT("compare", "The same: %1 rows")));
    QStringList parts;
    if (!difference.onlyA.empty())
        parts << tr("%1 only on %2").arg(countText(difference.onlyA.size()), m_sides.a);
    if (!difference.onlyB.empty())
        parts << tr("%1 only on %2").arg(countText(difference.onlyB.size()), m_sides.b);
    if (!difference.different.empty())
        parts << tr("%1 different").arg(countText(difference.different.size()));
    return parts.join(QStringLiteral(" · "));
}

QString CompareModel::words(int row) const {
    const ComparedNode* compared = node(row);
    if (compared == nullptr) {
        const CheckedCondition& checked = condition(row);
        const QString said = tr("On %1 the node is what it is here only while %2: %3.")
                                 .arg(QString::fromStdString(checked.target), translated(checked.condition),
                                      translated(heldWord(checked.held)));
        if (checked.held != CheckedCondition::Held::Unknown) return said;
        return said + u'\n' + tr("What a run here counts does not tell it.");
    }
    QStringList lines;
    if (compared->difference.same()) {
        lines << tr("Both sides have the same rows: %1.").arg(countText(compared->rowsA));
    } else {
        lines << tr("Rows: %1 on %2, %3 on %4.")
                     .arg(countText(compared->rowsA), m_sides.a, countText(compared->rowsB), m_sides.b);
    }
    for (const Cause& cause : compared->causes) lines << causeLine(cause);
    return lines.join(QLatin1Char('\n'));
}

CompareModel::Sign CompareModel::signOf(int row) const {
    if (const ComparedNode* compared = node(row)) {
        return compared->difference.same() ? Sign{QStringLiteral("check"), ColorRole::Ok}
                                           : Sign{QStringLiteral("compare"), ColorRole::Warn};
    }
    switch (condition(row).held) {
        case CheckedCondition::Held::Yes:
            return {QStringLiteral("check"), ColorRole::Ok};
        case CheckedCondition::Held::No:
            return {QStringLiteral("warning"), ColorRole::Warn};
        case CheckedCondition::Held::Unknown:
            break;
    }
    return {QStringLiteral("help"), ColorRole::Dim};
}

void CompareModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int CompareModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || !m_report) return 0;
    return static_cast<int>(m_report->nodes.size() + m_report->conditions.size());
}

int CompareModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CompareModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Theme& theme = Theme::of(this);
    const int row = index.row();
    const bool where = index.column() == Where;
    switch (role) {
        case Qt::DisplayRole:
            return shownText(where ? titleAt(row) : found(row));
        case Qt::ToolTipRole:
            return shownLines(where ? titleAt(row) : found(row) + u'\n' + words(row), kTipLength);
        case Qt::DecorationRole: {
            if (!where) {
                const Sign sign = signOf(row);
                return theme.icon(sign.icon, sign.role);
            }
            const NodeAppearance mark = appearanceOf(m_document, nodeOf(row));
            return mark.icon.isEmpty() ? QVariant() : theme.icon(mark.icon, mark.role);
        }
        default:
            return {};
    }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Where ? tr("Node") : tr("Found");
}

}  // namespace rw::ui
