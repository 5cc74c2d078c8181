// A chart's values as rows and columns, for reading and for screen readers; tooltips have all digits.
#pragma once
#include <QString>
#include <QStringList>
#include <QTableView>
#include <QTimeZone>
#include <vector>

#include "core/base/time.h"

namespace rw::ui {

/// The data of a chart as a table: for its CSV file and for its data table (Alt+T).
struct ChartTable {
    struct Column {
        QString name;
        bool numeric = false;    ///< set flush right
        bool allDigits = false;  ///< of numbers that are no DOUBLEs: none of their digits is rounding
    };
    std::vector<Column> columns{};
    std::vector<QStringList> rows{};  ///< exact values; a null string: no value
};

/// With a head line, as csv_sink writes its rows; no value is an empty field.
QString toCsv(const ChartTable& table);

// Values as exported charts write them: exact, and with the zone's offset.
QString isoTime(Instant at, const QTimeZone& zone);  ///< 2024-03-01T12:00:00.000+01:00
QString csvNumber(double value);                     ///< the shortest text that reads back

/// A table of the style that all charts' tables have.
class DataTable : public QTableView {
    Q_OBJECT
 public:
    explicit DataTable(QWidget* parent = nullptr);

    void set(ChartTable table);

 private:
    class Model;
    Model* m_model;
};

}  // namespace rw::ui
