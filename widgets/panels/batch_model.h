// Recent rows of a port as a table, oldest first. Holds the engine's own columns; a cell becomes text when it
// is shown.
#pragma once
#include <QAbstractTableModel>
#include <string>
#include <vector>

#include "core/data/batch.h"

namespace rw::ui {

class BatchModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    explicit BatchModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// `eventTime`: the column that the head marks, or -1.
    void setColumns(SchemaRef schema, int eventTime);
    /// Batches of the schema given last; rows of an updating stream show their kind of change in a first column.
    void setBatches(std::vector<Batch> batches);
    const std::vector<Batch>& batches() const { return m_batches; }
    /// The chosen rows only, in their order; rows count over all batches.
    std::vector<Batch> picked(const std::vector<int>& rows) const;
    void refresh();  ///< after a change of language or theme
    /// That of the pipeline, for heads and hover texts of times (zoned_text.h).
    void setTimeZone(const std::string& zone);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Cell {
        const Batch* batch;
        std::size_t row;
    };
    Cell cellAt(int row) const;

    SchemaRef m_schema = std::make_shared<Schema>();
    int m_eventTime = -1;
    std::string m_zone = "UTC";
    std::vector<Batch> m_batches;
    std::vector<int> m_firstRows;  ///< of each batch
    int m_rows = 0;
    int m_kindColumns = 0;  ///< 1: the rows carry kinds
};

}  // namespace rw::ui
