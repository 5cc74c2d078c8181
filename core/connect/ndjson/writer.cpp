#include "core/connect/ndjson/writer.h"

#include <cmath>

#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/connect/files/readable_rows.h"
#include "core/data/cell_writer.h"
#include "core/data/find_bytes.h"
#include "core/data/text_block.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

void appendEscape(std::string& out, char c) {
    constexpr std::string_view kMeanings = "\"\\\b\f\n\r\t", kLetters = "\"\\bfnrt";
    const std::size_t which = kMeanings.find(c);
    if (which == std::string_view::npos) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        return;
    }
    out += '\\';
    out += kLetters[which];
}

/// Valid UTF-8 without characters that a string of JSON may not contain.
void appendEscaped(std::string& out, std::string_view text) {
    std::size_t plain = 0;  // where the letters begin that stand for themselves
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
        out += text.substr(plain, at - plain);
        appendEscape(out, c);
        plain = at + 1;
    }
    out += text.substr(plain);
}

/// Whether the text stands for itself in a string of JSON: it is ASCII, and nothing in it is escaped.
bool isPlain(std::string_view text) {
    return !hasBytes(text, [](const SixteenBytes& bytes) {
        return (bytes < 0x20) | (bytes == '"') | (bytes == '\\');  // other bytes than ASCII are below 0
    });
}

char* putJsonString(TextBlock& block, char* at, std::string_view text) {
    if (!isPlain(text)) {
        appendJsonString(block.flush(at), text);
        return block.begin();
    }
    at = block.room(at, 1);
    *at = '"';
    at = block.put(at + 1, text);
    at = block.room(at, 1);
    *at = '"';
    return at + 1;
}

/// A column's values as JSON; BYTES are given as base64Texts().
class JsonCells {
 public:
    explicit JsonCells(const Column& column) : m_cells(column), m_type(column.type().id) {}

    char* put(TextBlock& block, char* at, std::size_t row) {
        constexpr std::size_t kRoom = CellWriter::kRoom + 2;
        if (m_cells.isNull(row)) return block.put(at, "null");
        if (m_type == TypeId::String) return putJsonString(block, at, m_cells.text(row));
        at = block.room(at, kRoom);
        if (!isQuoted(row)) return m_type == TypeId::Double ? putDouble(at, row) : m_cells.write(at, row);
        *at = '"';
        at = m_cells.write(at + 1, row);
        *at = '"';
        return at + 1;
    }

 private:
    /// With a fraction or an exponent, as Flink writes it: who guesses types would take 1 for an integer.
    char* putDouble(char* at, std::size_t row) {
        char* end = m_cells.write(at, row);
        const std::string_view text(at, static_cast<std::size_t>(end - at));
        if (text.find_first_of(".e") != std::string_view::npos) return end;
        *end++ = '.';
        *end++ = '0';
        return end;
    }
    bool isQuoted(std::size_t row) const {
        if (m_type == TypeId::Double) return !std::isfinite(m_cells.value<double>(row));
        return m_type == TypeId::Date || m_type == TypeId::Timestamp;
    }
    CellWriter m_cells;
    TypeId m_type;
};

}  // namespace

void appendJsonString(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const std::size_t sound = validUtf8Prefix(text);
        appendEscaped(out, text.substr(0, sound));
        text.remove_prefix(sound);
        if (text.empty()) break;
        out += "\\ufffd";
        text.remove_prefix(1);
    }
    out += '"';
}

NdjsonWriter::NdjsonWriter(const Schema& schema, bool updating) : m_updating(updating) {
    for (const Field& field : schema.fields) {
        std::string& name = m_names.emplace_back(m_names.empty() && !updating ? "" : ",");
        appendJsonString(name, field.name);
        name += ':';
    }
}

sql::RowErrors NdjsonWriter::appendRows(std::string& out, const Batch& batch, std::size_t longest) const {
    if (batch.rows == 0) return {};  // columns may be missing
    const std::size_t before = out.size();
    append(out, batch);
    const bool rowsFit = out.size() - before <= longest;  // all of them together
    if (rowsFit && datesFit(batch)) return {};
    sql::RowErrors errors;
    std::size_t begin = before;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {  // a line each
        const std::size_t end = out.find('\n', begin) + 1;
        Text reason;
        for (std::size_t i = 0; reason.empty() && i < batch.columns.size(); ++i)
            reason = unfitDate(batch.schema->fields[i], *batch.columns[i], row);
        if (reason.empty() && end - begin > longest)
            reason = RW_TEXT("ndjson", "The row has %1 bytes: sources read no more than %2.")
                         .with(figures::count(end - begin), byteSizeText(longest));
        if (!reason.empty()) errors.push_back({row, std::move(reason)});
        begin = end;
    }
    if (errors.empty()) return errors;
    out.resize(before);
    append(out, rowsWithout(batch, errors));
    return errors;
}

void NdjsonWriter::append(std::string& out, const Batch& batch) const {
    std::vector<ColumnRef> columns;
    std::vector<JsonCells> cells;
    columns.reserve(m_names.size());
    cells.reserve(m_names.size());
    for (std::size_t i = 0; i < m_names.size(); ++i)
        cells.emplace_back(*columns.emplace_back(base64Texts(batch.columns[i])));
    TextBlock block(out);
    char* at = block.begin();
    for (std::size_t row = 0; row < batch.rows; ++row) {
        at = block.put(at, "{");
        if (m_updating) {
            at = block.put(at, "\"op\":");
            at = putJsonString(block, at, toString(batch.kind(row)));
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            at = block.put(at, m_names[i]);
            at = cells[i].put(block, at, row);
        }
        at = block.put(at, "}\n");
    }
    block.flush(at);
}

}  // namespace rw
