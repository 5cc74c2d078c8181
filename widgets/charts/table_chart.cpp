#include "widgets/charts/table_chart.h"

#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/charts/data_table.h"
#include "widgets/charts/recent_rows.h"
#include "widgets/charts/table_model.h"
#include "widgets/theme/dressed_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

TableChart::TableChart(QWidget* parent)
    : ChartWidget(parent),
      m_table(new QTableView(this)),
      m_model(new TableModel(this)),
      m_leftOut(new QLabel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table);
    column->addWidget(m_leftOut);
    m_leftOut->setProperty("role", "caption");
    m_leftOut->setIndent(metrics::kListPadding);
    m_leftOut->hide();
    m_table->setModel(m_model);
    dressTable(*m_table);
    setFocusProxy(m_table);
}

void TableChart::reset() {
    if (view()) m_model->setInfo(static_cast<const TableView&>(*view()).info());
}

void TableChart::draw() {
    const bool first = m_model->snapshot().rows.empty();
    m_model->setSnapshot(static_cast<const TableView&>(*view()).snapshot());
    if (first && !m_model->snapshot().rows.empty()) fitColumns(*m_table);
    const auto forgotten = static_cast<int>(m_model->snapshot().forgotten);
    m_leftOut->setText(tr("… and %n older row(s) that no longer fit into memory", nullptr, forgotten));
    m_leftOut->setVisible(forgotten > 0);
}

std::uint64_t TableChart::rows() const {
    return m_model->snapshot().totals.rows;
}

void TableChart::paintPicture(QPainter& painter, const QRectF& rect) {
    painter.save();
    painter.translate(rect.topLeft());
    m_table->render(&painter, QPoint(), m_table->rect());
    painter.restore();
}

ChartTable TableChart::table() const {
    ChartTable table;
    for (const ChartColumn& column : m_model->columns())
        table.columns.push_back({QString::fromStdString(column.name), column.type.isNumeric()});
    for (std::size_t row = 0; row < m_model->snapshot().rows.size(); ++row) {
        QStringList& line = table.rows.emplace_back();
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            const bool null = isNull((*m_model->snapshot().rows[row])[column]);
            line << (null ? QString() : m_model->text(row, column));
        }
    }
    return table;
}

QString TableChart::summary() const {
    return tr("Table, %n row(s)", nullptr, m_model->rowCount());
}

bool TableChart::paintThumbnail(QPainter& painter, const QRectF& rect, const TableView& view) {
    const RecentRows rows = thumbnailRows(view);
    if (rows.rows.empty()) return false;
    paintRows(painter, rect, rows);
    return true;
}

}  // namespace rw::ui
