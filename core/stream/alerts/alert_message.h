// The message of an alert: a text with columns of the row that raised it, “{core} is at {load} %”.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/batch.h"
#include "core/data/schema.h"

namespace rw {

/// Immutable; any thread.
class AlertMessage {
 public:
    /// A column of `schema` stands between braces; “{{” and “}}” are braces. Wrong texts say where: a column
    /// that there is not, a brace without another one.
    struct Wrong {
        std::size_t position = 0, length = 0;  ///< in the text, bytes
        std::string column{};                  ///< empty: a brace is missing
    };
    static std::optional<Wrong> parse(std::string_view text, const Schema& schema, AlertMessage& out);

    /// With the values of a row; NULL is “NULL”, BYTES as people are shown them, and a long text is cut.
    std::string of(const Batch& batch, std::size_t row) const;
    /// Sets those that it has.
    void markColumns(std::vector<bool>& read) const;

 private:
    struct Part {
        std::string text{};
        int column = -1;  ///< behind the text; -1: none
    };
    std::vector<Part> m_parts{};
};

}  // namespace rw
