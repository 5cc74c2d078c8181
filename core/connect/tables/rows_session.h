// A session that reads rows of a table, piece by piece.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/databases/database_client.h"
#include "core/connect/tables/sql_rows.h"

namespace rw {

/// What a SELECT calls the table or the query that it reads: a name alone might be that of an item of the
/// SELECT.
inline constexpr const char* kRowsAlias = "rillwright_rows";

/// Single-threaded. Errors as those of DatabaseClient. Texts that become a part of a statement are the
/// caller's own, or were quoted.
class RowsSession {
 public:
    virtual ~RowsSession() = default;
    /// Of the kind that the connection leads to. `givesUp`: as DatabaseClient::About::givesUp.
    static std::unique_ptr<RowsSession> of(const NodeConnection& connection, std::function<bool()> givesUp);

    virtual DatabaseClient& client() = 0;

    /// The item of a SELECT that gives values of a column for one of that type in a stream.
    struct Item {
        std::string sql{};
        SqlCellForm form = SqlCellForm::Text;
    };
    virtual Item item(const DatabaseColumn& column, Type type) const = 0;
    /// One that gives them as texts, from which literal() makes the same value again.
    virtual std::string textItem(const std::string& expression) const = 0;

    /// By which rows are put in order.
    struct Order {
        std::string sql{};
        bool number = false;  ///< its values are numbers
    };
    virtual Order order(const DatabaseColumn& column) const = 0;
    /// The value at `row` of a stream's column, which is not NULL, as a literal that is compared with values
    /// that rows are ordered by.
    virtual std::string literal(const Order& order, const Column& column, std::size_t row) const = 0;
    /// The condition that rows come behind one, of which `texts` are the values that it is ordered by.
    virtual std::string behind(const std::vector<Order>& order,
                               const std::vector<std::string>& texts) const = 0;

    /// Whatever is read from here on is of one moment; `evenly`: in the same order each time, as far as the
    /// server can do that.
    virtual Status beginSnapshot(bool evenly) = 0;

    /// Begins to read the rows of a SELECT of so many items; what was being read before is over.
    virtual Status open(const std::string& select, std::size_t items) = 0;
    using Cells = std::vector<std::optional<std::string_view>>;
    enum class Got {
        Row,
        Nothing,  ///< none came within the time
        End
    };
    /// The next row; it stays until the next call. MariaDB may take longer than `within`.
    /// A row of another number of cells is an error.
    virtual Result<Got> next(Millis within, Cells& cells) = 0;

 protected:
    /// What came is not what the server's protocol has.
    static Status unreadable();
};

}  // namespace rw
