// The rows of a match for a table view. Pages are read when they are looked at and kept while there is room;
// a row that is not there yet is empty for a moment.
#pragma once
#include <QAbstractTableModel>
#include <map>
#include <set>

#include "widgets/results/result_reader.h"

namespace rw::ui {

/// Values of such a column stand at the right.
bool isNumeric(const SqliteColumn& column);
/// A value as a person reads it.
QString cellText(const SqliteCell& cell, const SqliteColumn& column);

class ResultModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    static constexpr int kPage = 256, kKeptPages = 64;
    /// Length of the bar in a cell of the sorted column: 0 … 1, invalid where there is none.
    static constexpr int kBarRole = Qt::UserRole;

    /// The reader must outlive the model.
    explicit ResultModel(ResultReader& reader, QObject* parent = nullptr);

    /// The same table again (rows were added, or another filter) keeps the rows on the screen until it is read
    /// again.
    void setMatch(ResultReader::Match match);
    void clear() { setMatch({}); }
    const ResultReader::Match& shownMatch() const { return m_match; }
    void refresh();  ///< after a change of theme
    /// The cells of a row; null: they are not read yet. Valid until the next call of anything.
    const SqliteRow* rowAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Page {
        std::vector<SqliteRow> rows;
        std::uint64_t use = 0;  ///< when it was looked at last
        bool outdated = false;  ///< of an older match: shown until the new one is there
        bool foreign = false;   ///< of another filter or order: not shown when the new one can't be read
    };
    void take(const ResultReader::Match& match, qint64 first, const std::vector<SqliteRow>& rows);
    void drop(const ResultReader::Match& match, qint64 first);
    void want(int page) const;
    const SqliteCell* cellAt(const QModelIndex& index) const;
    QVariant barOf(const SqliteCell& cell, int column) const;

    ResultReader& m_reader;
    ResultReader::Match m_match;
    mutable std::map<int, Page> m_pages;
    mutable std::set<int> m_wanted;  ///< asked for, not answered yet
    mutable std::uint64_t m_use = 0;
};

}  // namespace rw::ui
