#include "widgets/charts/table_chart.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/charts/iso_time.h"
#include "widgets/charts/table_model.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

TableChart::TableChart(QWidget* parent)
    : ChartWidget(parent), m_table(new QTableView(this)), m_model(new TableModel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->verticalHeader()->setDefaultSectionSize(Theme::of(this).scaled(metrics::kTableRowHeight));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    setFocusProxy(m_table);
}

void TableChart::reset() {
    if (view()) m_model->setInfo(static_cast<const TableView&>(*view()).info());
}

void TableChart::draw() {
    const bool first = m_model->snapshot().rows.empty();
    m_model->setSnapshot(static_cast<const TableView&>(*view()).snapshot());
    if (first && !m_model->snapshot().rows.empty()) m_table->resizeColumnsToContents();
}

std::uint64_t TableChart::rows() const {
    return m_model->snapshot().totals.rows;
}

std::uint64_t TableChart::rowsSinceFreeze() const {
    return view() ? static_cast<const TableView&>(*view()).snapshot(0).totals.rows - rows() : 0;
}

void TableChart::paintPicture(QPainter& painter, const QRectF&) {
    m_table->render(&painter, QPoint(), m_table->rect());
}

QString TableChart::csv() const {
    QStringList lines;
    QStringList line;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        line << csvField(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    }
    lines << line.join(QLatin1Char(','));
    for (std::size_t row = 0; row < m_model->snapshot().rows.size(); ++row) {
        line.clear();
        for (std::size_t column = 0; column < static_cast<std::size_t>(m_model->columnCount()); ++column) {
            const bool null = isNull((*m_model->snapshot().rows[row])[column]);
            line << (null ? QString() : csvField(m_model->text(row, column)));
        }
        lines << line.join(QLatin1Char(','));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString TableChart::summary() const {
    return tr("Table, %n row(s)", nullptr, m_model->rowCount());
}

}  // namespace rw::ui
