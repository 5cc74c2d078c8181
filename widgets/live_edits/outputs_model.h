// What an edit means for the rows of sinks and charts that it reaches, one row each.
#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "core/forecast/outputs.h"

namespace rw::ui {

class PipelineDocument;

class OutputsModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { Which, Rows, ColumnCount };

    /// The document, which has the titles, must outlive it.
    explicit OutputsModel(const PipelineDocument& document) : m_document(document) {}

    void set(std::vector<OutputForecast> outputs);
    void refresh();  ///< after a change of language, theme or titles
    const OutputForecast& output(int row) const { return m_outputs[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    QVariant icon(const OutputForecast& output) const;

    QString titleOfOutput(const OutputForecast& output) const;

    const PipelineDocument& m_document;
    std::vector<OutputForecast> m_outputs{};
};

}  // namespace rw::ui
