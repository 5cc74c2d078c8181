// What an edit means for the rows of sinks and charts that it reaches, one row each.
#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "core/forecast/outputs.h"

namespace rw::ui {

class OutputsModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { Which, Rows, ColumnCount };

    void set(std::vector<OutputForecast> outputs);
    void refresh();  ///< after a change of language or theme
    const OutputForecast& output(int row) const { return m_outputs[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    QVariant icon(OutputFate fate) const;

    std::vector<OutputForecast> m_outputs{};
};

}  // namespace rw::ui
