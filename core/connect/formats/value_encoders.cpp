#include "core/connect/formats/value_encoders.h"

#include "core/connect/avro/avro_writer.h"
#include "core/connect/csv/writer.h"
#include "core/connect/ndjson/writer.h"

namespace rw {

namespace {

/// The rows of a batch that are not among `errors`, which are in the order of rows.
template <class Each>
void forRowsWithout(const Batch& batch, const sql::RowErrors& errors, Each&& each) {
    auto error = errors.begin();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (error != errors.end() && error->row == row) {
            ++error;
        } else {
            each(row);
        }
    }
}

class JsonEncoder final : public ValueEncoder {
 public:
    explicit JsonEncoder(const Schema& schema) : m_writer(schema, false) {}
    sql::RowErrors append(std::string& out, std::vector<EncodedPlace>& places,
                          const Batch& batch) const override {
        std::size_t begin = out.size();
        sql::RowErrors errors = m_writer.appendRows(out, batch);
        for (std::size_t end = out.find('\n', begin); end != std::string::npos; end = out.find('\n', begin)) {
            places.push_back({begin, end, false});  // line ends in texts are escaped
            begin = end + 1;
        }
        return errors;
    }

 private:
    const NdjsonWriter m_writer;
};

class CsvEncoder final : public ValueEncoder {
 public:
    explicit CsvEncoder(const CsvFormat& format) : m_writer(format, false, CsvLimits{}) {}
    sql::RowErrors append(std::string& out, std::vector<EncodedPlace>& places,
                          const Batch& batch) const override {
        std::size_t begin = out.size();
        std::vector<std::size_t> ends;
        sql::RowErrors errors = m_writer.appendRows(out, batch, &ends);
        for (const std::size_t end : ends) {
            places.push_back({begin, end - 1, false});
            begin = end;
        }
        return errors;
    }

 private:
    const CsvWriter m_writer;
};

class TextEncoder final : public ValueEncoder {
 public:
    explicit TextEncoder(int column) : m_column(column) {}
    sql::RowErrors append(std::string& out, std::vector<EncodedPlace>& places,
                          const Batch& batch) const override {
        if (batch.rows == 0) return {};  // columns may be missing
        const Column& column = batch.column(m_column);
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const std::size_t begin = out.size();
            if (!column.isNull(row)) out += column.string(row);
            places.push_back({begin, out.size(), column.isNull(row)});
        }
        return {};
    }

 private:
    const int m_column;
};

class AvroEncoder final : public ValueEncoder {
 public:
    explicit AvroEncoder(std::optional<std::uint32_t> schemaId) : m_writer(schemaId) {}
    sql::RowErrors append(std::string& out, std::vector<EncodedPlace>& places,
                          const Batch& batch) const override {
        std::size_t begin = out.size();
        std::vector<std::size_t> ends;
        m_writer.append(out, ends, batch);
        for (const std::size_t end : ends) {
            places.push_back({begin, end, false});
            begin = end;
        }
        return {};
    }

 private:
    const AvroWriter m_writer;
};

/// A row that is gone is `before`, and one that is there `after`; a change is both, one after the other.
class DebeziumEncoder final : public ValueEncoder {
 public:
    explicit DebeziumEncoder(const Schema& schema) : m_rows(schema) {}
    sql::RowErrors append(std::string& out, std::vector<EncodedPlace>& places,
                          const Batch& batch) const override {
        std::string text;
        std::vector<EncodedPlace> rows;
        sql::RowErrors errors = m_rows.append(text, rows, batch);
        auto place = rows.begin();
        forRowsWithout(batch, errors, [&](std::uint32_t row) {
            const RowKind kind = batch.kind(row);
            const bool gone = kind == RowKind::UpdateBefore || kind == RowKind::Delete;
            const std::size_t begin = out.size();
            out += gone ? "{\"before\":" : "{\"before\":null,\"after\":";
            out.append(text, place->begin, place->end - place->begin);
            out += gone ? ",\"after\":null,\"op\":\"d\"}" : ",\"op\":\"c\"}";
            places.push_back({begin, out.size(), false});
            ++place;
        });
        return errors;
    }

 private:
    const JsonEncoder m_rows;
};

}  // namespace

std::unique_ptr<const ValueEncoder> makeJsonEncoder(const Schema& schema) {
    return std::make_unique<JsonEncoder>(schema);
}

std::unique_ptr<const ValueEncoder> makeValueEncoder(const EncoderOptions& options) {
    switch (options.format) {
        case FormatKind::JsonObjects:
            return makeJsonEncoder(*options.schema);
        case FormatKind::Csv:
            return std::make_unique<CsvEncoder>(options.csv);
        case FormatKind::Avro:
            return std::make_unique<AvroEncoder>(options.schemaId);
        case FormatKind::Debezium:
            return std::make_unique<DebeziumEncoder>(*options.schema);
        case FormatKind::Text:
            break;
    }
    return std::make_unique<TextEncoder>(options.text);
}

}  // namespace rw
