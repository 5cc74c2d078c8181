#include "widgets/charts/chart_table.h"

#include "widgets/charts/iso_time.h"

namespace rw::ui {

QString toCsv(const ChartTable& table) {
    QStringList line;
    for (const ChartTable::Column& column : table.columns) line << csvField(column.name);
    QString out = line.join(QLatin1Char(',')) + QLatin1Char('\n');
    for (const QStringList& row : table.rows) {
        line.clear();
        for (const QString& cell : row) line << (cell.isNull() ? QString() : csvField(cell));
        out += line.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return out;
}

}  // namespace rw::ui
