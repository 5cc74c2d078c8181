#include "widgets/charts/chart_table.h"

#include "core/connect/csv/writer.h"

namespace rw::ui {

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

}  // namespace rw::ui
