// Late and rejected rows as a table, newest last; and the filter in front of them, which sorts, too.
#pragma once
#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <deque>
#include <optional>

#include "core/runtime/metrics/metrics.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class KeptRowsModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    static constexpr int kCapacity = 2000;  ///< rows of each kind: one does not push out the other
    enum Column { Time, Where, Delay, Why, Row, Position, ColumnCount };

    /// The document must outlive the model.
    explicit KeptRowsModel(const PipelineDocument& document, QObject* parent = nullptr);

    void add(std::vector<KeptRow> rows);
    void clear();
    int count(KeptRow::Kind kind, const NodeId& node = {}) const;
    const KeptRow& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    QString text(const KeptRow& row, int column) const;
    void refresh();  ///< after a change of language or theme

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    QString lateReason(const KeptRow& row) const;
    void makeRoom(KeptRow::Kind kind, int arriving);

    const PipelineDocument& m_document;
    std::deque<KeptRow> m_rows;
};

class KeptRowsFilter : public QSortFilterProxyModel {
    Q_OBJECT
 public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setKind(std::optional<KeptRow::Kind> kind);  ///< nullopt: both
    void setNode(const NodeId& node);                 ///< empty: all
    void setSearchText(const QString& words);         ///< searched in node, reason and row

 protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    /// Times, delays and numbers by their value, the rest as they are read.
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
    std::optional<KeptRow::Kind> m_kind;
    NodeId m_node;
    QString m_searchText;
};

}  // namespace rw::ui
