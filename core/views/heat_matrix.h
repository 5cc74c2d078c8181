// The cells of a heat map whose axes have the same categories: of each pair the value that came last. A
// confusion matrix is one: actual classes down, predicted classes across, right answers on the diagonal.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "core/views/heat_grid.h"

namespace rw {

/// Bounded however many pairs come. Not thread-safe.
class HeatMatrix {
 public:
    static constexpr std::size_t kMaxNames = 60;

    /// Of the points of a pair the one of the greatest `order` counts. False: there are too many categories.
    bool add(const HeatPoint& point, std::uint64_t order);
    /// At most as many categories as `query` has columns and rows, those with the largest values.
    HeatPicture picture(const HeatQuery& query) const;

    void fields(StateFields& state);

 private:
    struct Cell {
        double value = 0;
        std::uint64_t order = 0;
    };
    bool hasRoomFor(const std::string& row, const std::string& column) const;
    bool put(const std::string& row, const std::string& column, Cell cell);
    std::vector<std::string> shownNames(std::size_t most) const;

    std::map<std::pair<std::string, std::string>, Cell> m_cells;  ///< by row and column
    std::map<std::string, double> m_names;                        ///< their largest values
    bool m_more = false;                                          ///< a pair was not kept
};

}  // namespace rw
