// The cells of a heat map: of each column and row the value that came last.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/views/heat_axis.h"

namespace rw {

/// The kind of the axes of a heat map; fixed for the life of its grid.
struct HeatAxes {
    bool times = true;      ///< columns are times
    bool wholeX = false;    ///< columns are integers
    bool texts = true;      ///< a row for each text; else rows are bins of numbers
    bool wholeY = false;    ///< rows are integers
    Millis span = 300'000;  ///< times: the span kept before the newest; 0: all
};

/// A row of the stream, as a heat map takes it.
struct HeatPoint {
    double x = 0;
    double y = 0;         ///< where rows are bins of numbers
    std::string label{};  ///< where they are texts
    std::string across{};  ///< where columns are texts
    double value = 0;
    Instant time = kMinTimestamp;  ///< of a window, which begins at x: its last millisecond
};

struct HeatQuery {
    std::size_t columns = 200, rows = 50;  ///< at most
    Instant watermark = kMinTimestamp;
};

struct HeatCell {
    double x = 0, y = 0;  ///< its lower left corner
    double value = 0;
};

/// A grid as it is drawn. Positions are values of the axes; the rows of texts lie at whole numbers, the first
/// at the top.
struct HeatPicture {
    std::vector<HeatCell> cells;                   ///< column by column, each from the top
    double width = 1, height = 1;                  ///< of every cell
    bool oneColumn = false, oneRow = false;        ///< numbers: a cell is of one integer, in its middle
    double left = 0, right = 1, low = 0, top = 1;  ///< the area that they fill
    double least = 0, most = 0;                    ///< of their values
    std::vector<std::string> names;                ///< of the rows of texts, from the top
    std::size_t allNames = 0;                      ///< more than names: the rest is not shown
    bool more = false;                             ///< there were more than were kept
    std::optional<Instant> openFrom{};             ///< windows: where those begin that may still change
};

/// Bounded however many points come. Not thread-safe.
class HeatGrid {
 public:
    static constexpr std::int64_t kMaxColumns = 600;
    static constexpr std::int64_t kMaxRows = 200;  ///< of a column; of texts: of all columns

    explicit HeatGrid(HeatAxes axes);

    /// Of the points of a cell the one of the greatest `order` counts. False: the axes can't hold it.
    bool add(const HeatPoint& point, std::uint64_t order);
    HeatPicture picture(const HeatQuery& query) const;

    void fields(StateFields& state);

 private:
    struct Cell {
        std::int64_t row = 0;  ///< bin of its column's scale, or number of a text
        double value = 0;
        std::uint64_t order = 0;
    };
    /// Bins of numbers are as wide as the values of their column need: a value far from the others makes
    /// them wide only until its column leaves.
    struct Column {
        BinScale scale{};
        Instant time = kMinTimestamp;
        std::vector<Cell> cells{};  ///< by row
    };
    struct Name {
        std::string text;
        std::size_t cells = 0;
    };
    struct SavedColumn;
    struct Shown;  ///< a cell on its way into a picture
    bool fixed() const { return m_axes.times && m_axes.span > 0; }
    bool placeColumn(double x, std::int64_t& number);
    bool widenColumns();
    void dropUntil(std::int64_t number);
    bool addName(Column& column, const HeatPoint& point, std::uint64_t order);
    void addNumber(Column& column, const HeatPoint& point, std::uint64_t order);
    void merge(Column& into, Column&& from);
    static void coarsen(Column& column);
    static bool tooTall(const Column& column, std::int64_t row);
    static bool put(Column& column, const Cell& cell);

    void measureColumns(HeatPicture& into, std::size_t most, std::int64_t& merged) const;
    BinWidth shownRows(std::size_t most) const;
    void layOutNames(HeatPicture& into, const std::vector<Shown>& shown, std::size_t most) const;
    void layOutNumbers(HeatPicture& into, const std::vector<Shown>& shown, BinWidth width) const;

    // These take over what was restored; false: it can't be.
    bool takeNames();
    bool takeColumns(const std::vector<SavedColumn>& columns, const std::vector<Cell>& cells);
    bool takeCells(Column& column, std::vector<Cell> cells);

    const HeatAxes m_axes;
    HeatAxis m_axis;
    std::map<std::int64_t, Column> m_columns;
    std::optional<double> m_newest{};  ///< of all x that came
    // Texts; one that has no cell any more gives up its place.
    std::map<std::int64_t, Name> m_names;
    std::unordered_map<std::string, std::int64_t> m_numbers;
    std::int64_t m_nextName = 0;
    std::optional<double> m_leftOut{};  ///< the greatest x of a text that was not kept
};

}  // namespace rw
