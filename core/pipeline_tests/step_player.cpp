#include "core/pipeline_tests/step_player.h"

#include <utility>

namespace rw {

namespace {

/// Models are on a tape as a table of their bytes; a test has none of them.
bool isModel(const Schema& schema) {
    return schema.size() == 1 && schema.fields.front().type.is(TypeId::Bytes);
}

Batch tableRows(const SchemaRef& schema, const StepRows& rows) {
    Batch out;
    out.schema = schema;
    out.rows = rows.size();
    for (std::size_t column = 0; column < schema->size(); ++column) {
        ColumnBuilder builder(schema->fields[column].type);
        for (const StepRow& row : rows) appendValue(builder, row.values[column]);
        out.columns.push_back(builder.finish());
    }
    return out;
}

}  // namespace

/// Those who look rows up may still have the table of before.
void StepTable::add(const StepRows& rows) {
    if (!rows.empty()) m_rows.push_back(tableRows(m_schema, rows));
    auto next = std::make_shared<LookupTable>(m_schema, m_keys);
    for (const Batch& batch : m_rows) next->add(batch);
    m_table = std::move(next);
}

std::shared_ptr<StepTable> StepPlayer::table(const NodeId& node) const {
    const auto found = m_tables.find(node);
    return found != m_tables.end() ? found->second : nullptr;
}

Result<std::unique_ptr<Source>> StepPlayer::source(const std::string&, const BoundNode& bound,
                                                   const MakeContext& context) const {
    const StepInput& input = m_sources.at(context.node);
    const std::size_t columns = bound.outputs.front().schema->size();
    const bool arrives = columns > input.schema->size();
    return std::unique_ptr<Source>(std::make_unique<StepSource>(
        input.script, bound, context, arrives ? static_cast<int>(columns) - 1 : -1, input.idleTimeout));
}

Result<std::shared_ptr<LookupTables>> StepPlayer::lookup(const TapeLookup& about,
                                                         const std::vector<int>& keys) const {
    if (isModel(*about.schema)) return std::shared_ptr<LookupTables>();
    std::shared_ptr<StepTable>& table = m_tables[about.node];
    if (!table) table = std::make_shared<StepTable>(about.schema, keys);
    return std::shared_ptr<LookupTables>(table);
}

}  // namespace rw
