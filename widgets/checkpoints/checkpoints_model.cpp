#include "widgets/checkpoints/checkpoints_model.h"

#include <QStringList>
#include <algorithm>
#include <utility>

#include "core/base/byte_size.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

bool isSame(const SavedCheckpoint& a, const SavedCheckpoint& b) {
    return a.number == b.number && a.lineage == b.lineage && a.name == b.name && a.kind == b.kind;
}

double longestStop(const CheckpointFigures& figures) {
    double longest = -1;
    for (const auto& [id, node] : figures.nodes) longest = std::max(longest, node.snapshotSeconds);
    return longest;
}

}  // namespace

void CheckpointsModel::update() {
    std::vector<Row> rows;
    for (const SavedCheckpoint& saved : m_list.saved()) {
        Row& row = rows.emplace_back();
        row.saved = saved;
        if (const CheckpointFigures* figures = m_list.figures(saved)) row.figures = *figures;
    }
    const bool same = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                 [](const Row& a, const Row& b) { return isSame(a.saved, b.saved); });
    if (!same) beginResetModel();
    m_rows = std::move(rows);
    if (!same) return endResetModel();
    refresh();
}

void CheckpointsModel::refreshAges() {
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, Age), index(rowCount() - 1, Age));
}

void CheckpointsModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int CheckpointsModel::rowOf(const SavedCheckpoint& saved) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&saved](const Row& row) { return isSame(row.saved, saved); });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int CheckpointsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CheckpointsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString CheckpointsModel::title(const SavedCheckpoint& saved) const {
    if (saved.kind == CheckpointKind::Finished) return tr("The run ended well");
    if (saved.name.empty()) return countText(saved.number);
    return tr("%1 (%2)").arg(QString::fromStdString(saved.name), countText(saved.number));
}

QString CheckpointsModel::cell(int row, int column) const {
    const Row& it = m_rows[static_cast<std::size_t>(row)];
    const bool over = it.saved.kind == CheckpointKind::Finished;
    switch (column) {
        case Which:
            return title(it.saved);
        case Taken:
            return momentText(it.saved.taken);
        case Age:
            return ageText(std::max<Millis>(0, systemClock()->now() - it.saved.taken));
        case Size:
            return over ? QString() : sizeText(it.saved.bytes);
        case Written:
            return over ? QString() : it.figures ? sizeText(it.figures->written) : QStringLiteral("–");
        case Stopped:
            return over ? QString() : tookText(it.figures ? longestStop(*it.figures) : -1);
        default:
            return over ? QString() : tookText(it.figures ? it.figures->seconds : -1);
    }
}

QString CheckpointsModel::tip(int row, int column) const {
    const Row& it = m_rows[static_cast<std::size_t>(row)];
    if (column == Which) {
        if (!it.saved.readable) return tr("Written by a newer version of this program");
        if (it.saved.behind)
            return tr(
                "Left behind: a run resumed from an older one, and what had come up to this was rolled back");
        if (it.saved.kind == CheckpointKind::Ended)
            return tr("The run has read all of its input: going on only puts its last rows in place");
        if (it.saved.kind == CheckpointKind::Finished) return tr("There is nothing to resume from");
        if (!it.saved.name.empty())
            return tr("Savepoint, kept until you delete it: %1").arg(cell(row, column));
    }
    if (column < Written || it.saved.kind == CheckpointKind::Finished) return cell(row, column);
    if (!it.figures)
        return tr("Not known: it was taken before this pipeline was opened here, or by another program");
    const std::uint64_t shared = it.saved.bytes - std::min(it.saved.bytes, it.figures->written);
    if (column == Written)
        return tr("What was not in the checkpoint before. The rest, %1, is shared with it.")
            .arg(sizeText(shared));
    if (column == Stopped) return tr("The longest that a node stood still at its barrier");
    return cell(row, column);
}

QVariant CheckpointsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Theme& theme = Theme::of(this);
    const int row = index.row(), column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            return shownText(cell(row, column));
        case Qt::ToolTipRole:
            return shownLines(tip(row, column), kTipLength);
        case Qt::FontRole:
            if (column == Which) return {};
            return theme.font(TextStyle::CodeSmall);
        case Qt::DecorationRole: {
            if (column != Which) return {};
            const SavedCheckpoint& saved = at(row);
            if (!saved.readable || saved.behind) return theme.icon(u"warning", ColorRole::Warn);
            if (saved.kind == CheckpointKind::Finished) return theme.icon(u"check", ColorRole::Ok);
            return saved.name.empty() ? theme.icon(u"history", ColorRole::Dim)
                                      : theme.icon(u"disk", ColorRole::Accent);
        }
        default:
            return {};
    }
}

QVariant CheckpointsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case Which:
            return tr("Checkpoint");
        case Taken:
            return tr("Taken at");
        case Age:
            return tr("Age");
        case Size:
            return tr("State");
        case Written:
            return tr("Written");
        case Stopped:
            return tr("Stopped");
        default:
            return tr("Duration");
    }
}

QString CheckpointsModel::text() const {
    QStringList lines;
    QStringList heads;
    for (int column = 0; column < ColumnCount; ++column)
        heads << headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << heads.join(QLatin1Char('\t'));
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column) cells << shownText(cell(row, column));
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace rw::ui
