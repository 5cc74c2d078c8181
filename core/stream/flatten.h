// A row for each element of a JSON array: the columns of the row that holds it, the element's number, and
// columns taken out of the element.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/sql/bound.h"
#include "core/sql/functions/json_elements.h"
#include "core/sql/functions/json_path.h"
#include "core/stream/operator.h"

namespace rw {

/// The place of a column of the result in an element.
struct FlattenedColumn {
    sql::JsonPath path{};
    /// Of an element that is no object: the element itself. None: the path goes for these, too.
    std::optional<sql::JsonPath> bare{};
    sql::BoundRef value{};  ///< its text, which is the column of this number, as the column's type
};

struct FlattenPlan {
    int column = -1;  ///< of the input: the JSON text
    std::vector<FlattenedColumn> columns{};
    SchemaRef output{};  ///< those of the input, the number of the element, then `columns`
    SchemaRef texts{};   ///< of `columns`, a STRING each
    bool keepsEmpty = false;
};
using FlattenPlanRef = std::shared_ptr<const FlattenPlan>;

/// Rows keep stamp and position of the one that they are made of, and follow each other by number. A call
/// makes about as many rows as a batch holds; a text is looked at as a whole before the first is made of it.
class Flatten final : public Operator {
 public:
    Flatten(FlattenPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    bool hasMore() const override { return m_batch.has_value(); }
    Status resume(Output& out) override;

 private:
    /// Adds rows until there are enough for a call, or no more in the batch.
    Status collect(Output& out);
    /// Looks at the text of the next row. Whether it has elements, or stays without one.
    Status open(Output& out);
    void add(std::optional<std::string_view> element);
    Status emit(Output& out);
    /// The element instead of the whole text, which may be long.
    Batch shownAlone(const Batch& made, std::uint32_t row) const;

    const FlattenPlanRef m_plan;
    const sql::EvalContext m_eval;
    const bool m_nullOnError;
    const bool m_showsText;  ///< a node below reads the column of the JSON text
    const std::size_t m_batchRows;

    std::optional<Batch> m_batch{};  ///< being flattened
    std::uint32_t m_row = 0;         ///< of it
    bool m_opened = false;           ///< that row has been looked at
    std::optional<sql::JsonElements> m_elements{};
    std::int32_t m_index = 0;  ///< of its next element

    // Of one call; kept for their memory.
    std::size_t m_read = 0;  ///< bytes
    std::vector<std::uint32_t> m_rows{};
    std::vector<std::optional<std::string_view>> m_found{};
    ColumnBuilder m_indexes;
    std::vector<ColumnBuilder> m_texts{};
    std::string m_text{};
};

}  // namespace rw
