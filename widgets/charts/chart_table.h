// What a chart shows as a table: for its CSV file and for its data table (Alt+T).
#pragma once
#include <QString>
#include <QStringList>
#include <vector>

namespace rw::ui {

struct ChartTable {
    struct Column {
        QString name;
        bool numeric = false;  ///< set flush right
    };
    std::vector<Column> columns{};
    std::vector<QStringList> rows{};  ///< exact values; a null string: no value
};

/// With a head line, as csv_sink writes its rows; no value is an empty field.
QString toCsv(const ChartTable& table);

}  // namespace rw::ui
