// The rows of one step of an answer as a table: where each is from, why it had no part, its values. Of many
// the first and the last, until all are wanted.
#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "widgets/lineage/answer_steps.h"

namespace rw::ui {

class AnswerRows : public QAbstractTableModel {
    Q_OBJECT
 public:
    static constexpr int kMostShown = 50, kFirstShown = 20, kLastShown = 5;

    explicit AnswerRows(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// Shows the rows of that step, which it copies.
    void set(AnswerStep step);
    void clear() { set({}); }
    /// Whether some are hidden in the middle, and shows those.
    bool isFolded() const { return m_folded; }
    void showAll();
    void refresh();  ///< after a change of language or theme

    /// The row of a line; null: the line that stands for those that are hidden.
    const LineageRow* rowAt(int line) const;
    const AnswerStep& step() const { return m_step; }
    /// Lines with tabs between, as spreadsheets take them, with a head; no `lines`: all.
    QString copied(std::vector<int> lines) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    enum class Part : std::uint8_t { Origin, Reason, Stamp, Value };
    struct ColumnPart {
        Part part = Part::Value;
        int field = -1;  ///< Value
    };
    ColumnPart partOf(int column) const { return m_parts[static_cast<std::size_t>(column)]; }
    QString originOf(int line, bool whole) const;
    QString reasonOf(const LineageRow& row) const;
    QString textOf(int line, const ColumnPart& part, bool whole) const;

    AnswerStep m_step{};
    std::vector<ColumnPart> m_parts{};
    bool m_origins = false;  ///< rows have them
    bool m_folded = false;
};

}  // namespace rw::ui
