// One of the two grids of a sample: the rows of a port, in the lines that both share.
#pragma once
#include <QAbstractTableModel>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "widgets/sample/sample_lines.h"

namespace rw::ui {

using SampleLines = std::shared_ptr<const std::vector<SampleLine>>;

class SampleModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum class Side { In, Out };
    static constexpr int kNumber = 0;  ///< the column of row numbers; the others are those of the port
    /// Of a line in which something is said in place of a row: the words, for any column.
    static constexpr int kNoteRole = Qt::UserRole + 41;

    explicit SampleModel(Side side, QObject* parent = nullptr) : QAbstractTableModel(parent), m_side(side) {}

    /// Ports of the look, -1: none. Null: nothing is there.
    void set(SampleRef sample, int input, int output, SampleLines lines);
    void refresh();  ///< after a change of language or theme
    /// That of the pipeline, for heads and hover texts of times (zoned_text.h).
    void setTimeZone(const std::string& zone) { m_zone = zone; }

    /// The row of a line; nothing: something is said in its place.
    std::optional<Batch> rowAt(int line) const;
    /// Its number among the rows of the port, from 0; nothing: as rowAt().
    std::optional<std::size_t> numberAt(int line) const;
    /// The port that is shown; null: none.
    const LookedPort* port() const;
    /// The profile of a column; null: of the numbers.
    const ColumnProfile* profile(int column) const;

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
    int rowIn(const SampleLine& line) const { return m_side == Side::In ? line.in : line.out; }
    int numberOf(int line) const;
    QString noteOf(int line) const;
    QVariant numberData(int line, int role) const;
    QVariant noteData(const QModelIndex& index, int role) const;

    const Side m_side;
    std::string m_zone = "UTC";
    SampleRef m_sample{};
    int m_input = -1, m_output = -1;
    SampleLines m_lines{};
    std::vector<int> m_firstRows{};  ///< of each batch
};

}  // namespace rw::ui
