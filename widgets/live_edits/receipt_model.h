// What an edit costs, node by node: what was changed, what becomes of the state, and how large that was in
// the newest checkpoint. The dearest first; nodes that simply go on are one row.
#pragma once
#include <QAbstractTableModel>
#include <map>
#include <vector>

#include "widgets/document/pipeline_document.h"
#include "widgets/session/apply_receipt.h"
#include "widgets/session/run_snapshot.h"

namespace rw::ui {

class ReceiptModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { Which, Change, Fate, Size, ColumnCount };
    struct Counts {
        int kept = 0, carried = 0, recomputed = 0, closed = 0, lost = 0, impossible = 0;
    };
    /// How the run goes on where state would be lost.
    struct Choice {
        bool recomputes = false;   ///< what can be recomputed is
        bool closesFirst = false;  ///< windows that can be closed first are, where they are not recomputed
    };
    /// Of the nodes, those inside subflows and not the whole.
    static Counts countsOf(const ApplyReceipt& receipt, const Choice& choice);

    /// The document, which has the titles, must outlive it.
    explicit ReceiptModel(const PipelineDocument& document) : m_document(document) {}

    /// `run` has the sizes.
    void set(const ApplyReceipt& receipt, const RunSnapshot& run, const Choice& choice);
    void refresh();  ///< after a change of language, theme or titles
    /// The titles of the nodes of that fate, in the order of the rows.
    QString titles(StateFate fate) const;
    /// Of those whose windows are closed first.
    QString closedTitles() const;
    /// Of those whose states are recomputed.
    QString recomputedTitles() const;
    /// How many changes there are, beside those of the picture alone.
    int changes() const { return m_changes; }
    const NodeId& node(int row) const { return m_rows[static_cast<std::size_t>(row)].node; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Row {
        NodeId node{};  ///< empty: it is not of one
        QString name{}, change{};
        QStringList words{};  ///< of the change, plain and struck out by turns
        NodeForecast forecast{};
        std::uint64_t bytes = 0;
        bool recomputed = false;
        bool closed = false;  ///< its windows are closed first
        Text refused{};       ///< why it can't be recomputed; empty: nothing is known
        int more = 0;         ///< so many nodes, which go on unchanged: it is of none of them alone
    };
    int worth(const Row& row) const;
    QString lostText(const Row& row, const QString& why) const;
    QString fateText(const Row& row) const;
    QString cell(const Row& row, int column) const;
    QString titlesOf(const std::vector<NodeId>& nodes) const;
    void joinUnchanged();

    const PipelineDocument& m_document;
    std::vector<Row> m_rows{};
    std::map<StateFate, std::vector<NodeId>> m_fates{};  ///< of all nodes, in the order of the rows
    std::vector<NodeId> m_closed{}, m_recomputed{};
    int m_changes = 0;
};

}  // namespace rw::ui
