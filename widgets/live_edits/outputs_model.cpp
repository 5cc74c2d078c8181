#include "widgets/live_edits/outputs_model.h"

#include <utility>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

void OutputsModel::set(std::vector<OutputForecast> outputs) {
    beginResetModel();
    m_outputs = std::move(outputs);
    endResetModel();
}

void OutputsModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_outputs.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int OutputsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_outputs.size());
}

int OutputsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OutputsModel::icon(const OutputForecast& output) const {
    const Theme& theme = Theme::of(this);
    if (output.mayBeRefused) return theme.icon(u"warning", ColorRole::Warn);
    switch (output.fate) {
        case OutputFate::GoesOn:
            return theme.icon(u"check", ColorRole::Ok);
        case OutputFate::BeginsAnew:
            return theme.icon(u"trash", ColorRole::Error);
        case OutputFate::Elsewhere:
            return theme.icon(u"copy", ColorRole::Warn);
        case OutputFate::New:
            return theme.icon(u"plus", ColorRole::Dim);
        case OutputFate::Ends:
            break;
    }
    return theme.icon(u"minus", ColorRole::Dim);
}

QString OutputsModel::titleOfOutput(const OutputForecast& output) const {
    const Pipeline& pipeline = m_document.pipeline();
    const bool there = output.fate != OutputFate::Ends && pipeline.find(output.node) != nullptr;
    return there ? titleOf(pipeline, output.node) : QString::fromStdString(output.title);
}

QVariant OutputsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const OutputForecast& output = m_outputs[static_cast<std::size_t>(index.row())];
    const QString text = index.column() == Which ? titleOfOutput(output) : translated(output.what);
    if (role == Qt::DisplayRole) return shownText(text);
    if (role == Qt::ToolTipRole) return shownLines(text, kTipLength);
    if (role == Qt::DecorationRole && index.column() == Which) return icon(output);
    return {};
}

QVariant OutputsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    if (role != Qt::DisplayRole) return {};
    return section == Which ? tr("Output") : tr("What becomes of its rows");
}

}  // namespace rw::ui
