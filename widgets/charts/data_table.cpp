#include "widgets/charts/data_table.h"

#include <QAbstractTableModel>
#include <QDateTime>

#include "core/base/figures.h"
#include "core/connect/csv/writer.h"
#include "core/data/text.h"
#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

class DataTable::Model : public QAbstractTableModel {
 public:
    using QAbstractTableModel::QAbstractTableModel;

    // Rows are told as changed, not as new, so that selection and scrolling stay where they are.
    void set(ChartTable table) {
        if (table.columns.size() != m_table.columns.size()) {
            beginResetModel();
            m_table = std::move(table);
            endResetModel();
            return;
        }
        const int before = rowCount({}), after = static_cast<int>(table.rows.size());
        if (after > before) beginInsertRows({}, before, after - 1);
        if (after < before) beginRemoveRows({}, after, before - 1);
        m_table = std::move(table);
        if (after > before) endInsertRows();
        if (after < before) endRemoveRows();
        if (after > 0) Q_EMIT dataChanged(index(0, 0), index(after - 1, columnCount({}) - 1));
    }
    int rowCount(const QModelIndex& parent) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
    }
    int columnCount(const QModelIndex& parent) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
    }
    QVariant data(const QModelIndex& index, int role) const override {
        if (!index.isValid()) return {};
        const QString text = m_table.rows[static_cast<std::size_t>(index.row())].value(index.column());
        if (role == Qt::DisplayRole) return shownCell(isRounded(index.column(), text) ? rounded(text) : text);
        if (role == Qt::ToolTipRole) return tipText(text);
        if (role == Qt::TextAlignmentRole) return alignment(index.column());
        if (role == Qt::FontRole) return Theme::of(this).font(TextStyle::CodeSmall);
        return {};
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
        if (orientation == Qt::Vertical) return {};
        if (role == Qt::TextAlignmentRole) return alignment(section);
        const QString& name = m_table.columns[static_cast<std::size_t>(section)].name;
        if (role == Qt::DisplayRole) return shownText(name);
        if (role == Qt::ToolTipRole) return tipText(name);
        return {};
    }

 private:
    bool isRounded(int column, const QString& text) const {
        const ChartTable::Column& of = m_table.columns[static_cast<std::size_t>(column)];
        return of.numeric && !of.allDigits && (text.contains(u'.') || text.contains(u'e'));
    }
    static QString rounded(const QString& text) {
        bool isNumber = false;
        const double value = text.toDouble(&isNumber);
        return isNumber ? QString::fromStdString(figures::shown(value)) : text;
    }
    QVariant alignment(int column) const {
        const bool right = m_table.columns[static_cast<std::size_t>(column)].numeric;
        return QVariant::fromValue((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }

    ChartTable m_table;
};

DataTable::DataTable(QWidget* parent) : QTableView(parent), m_model(new Model(this)) {
    applyTableStyle(*this);
    elideAtEdges(*this);
    setModel(m_model);
    ColumnWidths::keepFigures(*this);
}

void DataTable::set(ChartTable table) {
    m_model->set(std::move(table));
}

QString toCsv(const ChartTable& table) {
    std::string out;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (i > 0) out += ',';
        appendCsvText(out, table.columns[i].name.toStdString());
    }
    out += '\n';
    for (const QStringList& row : table.rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i > 0) out += ',';
            if (!row[i].isNull()) appendCsvText(out, row[i].toStdString());
        }
        out += '\n';
    }
    return QString::fromStdString(out);
}

QString isoTime(Instant at, const QTimeZone& zone) {
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(at, zone);
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODateWithMs);
}

QString csvNumber(double value) {
    std::string text;
    appendDouble(text, value);
    return QString::fromStdString(text);
}

}  // namespace rw::ui
