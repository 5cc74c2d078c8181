// A chart's values as rows and columns, for reading exactly and for screen readers.
#pragma once
#include <QTableView>

#include "widgets/charts/chart_table.h"

namespace rw::ui {

/// A table of the style that all charts' tables have.
class DataTable : public QTableView {
    Q_OBJECT
 public:
    explicit DataTable(QWidget* parent = nullptr);

    void set(ChartTable table);

 private:
    class Model;
    Model* m_model;
    bool m_sized = false;  ///< columns have been given their widths
};

}  // namespace rw::ui
