#include "core/connect/formats/message_encoder.h"

#include <algorithm>
#include <iterator>

#include "core/connect/formats/value_encoders.h"
#include "core/data/text.h"

namespace rw {

namespace {

/// What becomes of a row.
enum class Written : std::uint8_t { Nothing, Tombstone, Value };

Written writtenAs(RowKind kind) {
    if (kind == RowKind::UpdateBefore) return Written::Nothing;
    return kind == RowKind::Delete ? Written::Tombstone : Written::Value;
}

/// The columns of the key, with kinds of no matter.
Batch keyColumns(const Batch& batch, const std::vector<int>& key) {
    Batch out;
    Schema schema;
    for (const int column : key) {
        schema.fields.push_back(batch.schema->fields[static_cast<std::size_t>(column)]);
        out.columns.push_back(batch.columns[static_cast<std::size_t>(column)]);
    }
    out.schema = std::make_shared<const Schema>(std::move(schema));
    out.rows = batch.rows;
    return out;
}

/// Those of both, in the order of rows, one for each.
sql::RowErrors together(sql::RowErrors errors, sql::RowErrors more) {
    std::move(more.begin(), more.end(), std::back_inserter(errors));
    std::stable_sort(errors.begin(), errors.end(),
                     [](const sql::RowError& a, const sql::RowError& b) { return a.row < b.row; });
    const auto same = [](const sql::RowError& a, const sql::RowError& b) { return a.row == b.row; };
    errors.erase(std::unique(errors.begin(), errors.end(), same), errors.end());
    return errors;
}

}  // namespace

void EncodedMessages::clear() {
    m_bytes.clear();
    m_messages.clear();
}

std::optional<std::string_view> EncodedMessages::at(const EncodedPlace& place) const {
    if (place.null) return std::nullopt;
    return std::string_view(m_bytes).substr(place.begin, place.end - place.begin);
}

MessageEncoder::MessageEncoder(EncoderOptions options, std::unique_ptr<const ValueEncoder> values)
    : m_options(std::move(options)), m_values(std::move(values)) {}

/// A place for each row.
sql::RowErrors MessageEncoder::appendKeys(std::string& out, std::vector<EncodedPlace>& keys,
                                          const Batch& batch) const {
    keys.assign(batch.rows, EncodedPlace{});
    if (m_options.key.empty()) return {};
    if (m_options.key.size() == 1) {
        const Column& column = batch.column(m_options.key.front());
        for (std::size_t row = 0; row < batch.rows; ++row) {
            if (column.isNull(row)) continue;
            const std::size_t begin = out.size();
            appendCell(out, column, row);
            keys[row] = {begin, out.size(), false};
        }
        return {};
    }
    const Batch columns = keyColumns(batch, m_options.key);
    std::vector<EncodedPlace> places;
    sql::RowErrors errors = makeJsonEncoder(*columns.schema)->append(out, places, columns);
    auto error = errors.begin();
    auto place = places.begin();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (error != errors.end() && error->row == row) {
            ++error;
        } else {
            keys[row] = *place++;
        }
    }
    return errors;
}

sql::RowErrors MessageEncoder::encode(const Batch& batch, EncodedMessages& out) const {
    if (batch.rows == 0) return {};  // columns may be missing
    const bool upserts = m_options.updating && m_options.format != FormatKind::Debezium;
    std::vector<EncodedPlace> keys;
    sql::RowErrors errors = appendKeys(out.m_bytes, keys, batch);
    std::vector<std::uint32_t> rows;  // with values
    std::vector<Written> written(batch.rows, Written::Value);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (upserts) written[row] = writtenAs(batch.kind(row));
        if (written[row] == Written::Value) rows.push_back(row);
    }
    std::vector<EncodedPlace> places;
    sql::RowErrors unwritable =
        m_values->append(out.m_bytes, places, rows.size() == batch.rows ? batch : batch.select(rows));
    for (sql::RowError& error : unwritable) error.row = rows[error.row];
    // The places are those of the rows with values that can be written.
    auto place = places.begin();
    auto left = unwritable.begin();
    sql::RowErrors withoutKey;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        EncodedPlace value;
        if (written[row] == Written::Value) {
            if (left != unwritable.end() && left->row == row) {
                ++left;
                continue;
            }
            value = *place++;
        }
        const bool wrongKey = std::any_of(errors.begin(), errors.end(),
                                          [row](const sql::RowError& error) { return error.row == row; });
        if (written[row] == Written::Nothing || wrongKey) continue;
        if (upserts && keys[row].null) {
            withoutKey.push_back(
                {row, RW_TEXT("formats", "The key is NULL: no message replaces another without one.")});
            continue;
        }
        out.m_messages.push_back({row, keys[row], value});
    }
    return together(together(std::move(errors), std::move(unwritable)), std::move(withoutKey));
}

std::unique_ptr<const MessageEncoder> makeMessageEncoder(EncoderOptions options) {
    auto values = makeValueEncoder(options);
    return std::make_unique<MessageEncoder>(std::move(options), std::move(values));
}

}  // namespace rw
