#include "core/connect/ndjson/writer.h"

#include <cmath>

#include "core/data/text.h"
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

/// Valid UTF-8 without what may not stand in a string of JSON.
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

void appendJsonValue(std::string& out, const Column& column, std::size_t row) {
    if (column.isNull(row)) {
        out += "null";
        return;
    }
    switch (column.type().id) {
        case TypeId::String:
            return appendJsonString(out, column.string(row));
        case TypeId::Double:
            if (std::isfinite(column.at<double>(row))) return appendCell(out, column, row);
            break;
        case TypeId::Date:
        case TypeId::Timestamp:
            break;
        default:
            return appendCell(out, column, row);
    }
    out += '"';
    appendCell(out, column, row);
    out += '"';
}

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

void NdjsonWriter::appendRows(std::string& out, const Batch& batch) const {
    for (std::size_t row = 0; row < batch.rows; ++row) {
        out += '{';
        if (m_updating) {
            out += "\"op\":";
            appendJsonString(out, toString(batch.kind(row)));
        }
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            out += m_names[i];
            appendJsonValue(out, *batch.columns[i], row);
        }
        out += "}\n";
    }
}

}  // namespace rw
