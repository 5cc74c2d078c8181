// @type@: the rows whose column has a value.
#include "core/pipeline/bind_checks.h"
#include "core/stream/row_errors.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

/// What bind() found out: immutable, shared by the plan and all instances.
class Bound@Name@ final : public BoundNode {
 public:
    int column = -1;

    /// Columns that this does not name may be missing from batches.
    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        ColumnSet columns = wanted.front();
        columns[static_cast<std::size_t>(column)] = true;
        return {std::move(columns)};
    }
};

class @Name@ final : public Operator {
 public:
    explicit @Name@(const Bound@Name@& bound) : m_column(bound.column) {}

    Status onBatch(int, const Batch& batch, Output& out) override {
        const Column& column = batch.column(m_column);
        std::vector<std::uint32_t> rows;
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            if (!column.isNull(row)) rows.push_back(row);
        }
        Batch kept = rows.size() == batch.rows ? batch : batch.select(rows);
        unpairUpdates(kept);
        out.emit(0, std::move(kept));
        return {};
    }

 private:
    const int m_column;
};

BoundNodeRef bind@Name@(BindContext& context) {
    auto bound = std::make_shared<Bound@Name@>();
    const std::string name = context.text("column");
    bound->column = requireColumn(context, "column", *context.input().schema, name);
    if (bound->column < 0) return nullptr;
    bound->outputs = {context.input()};
    bound->summary = RW_TEXT("@type@", "%1 has a value").with(name);
    return bound;
}

Result<Made> make@Name@(const BoundNode& bound, const MakeContext&) {
    return Made(std::make_unique<@Name@>(static_cast<const Bound@Name@&>(bound)));
}

}  // namespace

NodeKind @type@Kind() {
    NodeKind kind;
    kind.type = "@type@";
    kind.name = RW_TEXT("@type@", "@Title@");
    kind.palette = {{kind.name, RW_TEXT("@type@", "Keep rows that have a value"), "@type@"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    ParamSpec column = makeParam("column", ParamKind::ColumnName, RW_TEXT("@type@", "Column"),
                                 RW_TEXT("@type@", "Rows in which it is NULL end here."));
    column.required = true;
    kind.params = {std::move(column)};
    kind.bind = bind@Name@;
    kind.make = make@Name@;
    return kind;
}

}  // namespace rw
