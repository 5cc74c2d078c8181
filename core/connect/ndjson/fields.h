// The places of columns' values in a row.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/sql/functions/json_path.h"

namespace rw {

/// The paths of all columns as one tree of places, so that a row is walked over once. Immutable.
class NdjsonFields {
 public:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    struct Field {
        std::string name;
        std::size_t place;
        bool plain;  ///< is in a row as it is: no letter of it can need an escape
    };
    /// A place that a path leads to or through.
    struct Place {
        std::size_t number = 0;
        std::vector<Field> fields{};        ///< of an object that stands here, in the order of the columns
        std::vector<std::size_t> byName{};  ///< their indexes, sorted
        std::vector<std::pair<std::size_t, std::size_t>> elements{};  ///< of an array: which, and its place
        std::vector<std::size_t> columns{};                           ///< that take the value here

        bool inner() const { return !fields.empty() || !elements.empty(); }
    };

    /// Column i takes the value at paths[i].
    explicit NdjsonFields(const std::vector<sql::JsonPath>& paths);

    std::size_t columns() const { return m_columns; }
    const std::vector<Place>& places() const { return m_places; }
    const Place& root() const { return m_places.front(); }

    /// Index of a field of the place; kNone where no column wants it.
    static std::size_t find(const Place& place, std::string_view name);
    /// The place of an element of the array at `place`; null where no column wants it.
    const Place* element(const Place& place, std::size_t index) const;

 private:
    std::size_t placeOf(std::size_t from, const sql::JsonPath::Step& step);

    std::vector<Place> m_places;
    std::size_t m_columns;
};

}  // namespace rw
