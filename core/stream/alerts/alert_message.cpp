#include "core/stream/alerts/alert_message.h"

#include "core/data/text.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

constexpr std::size_t kLongestValue = 256, kLongestMessage = 4'096;  // bytes

void appendValueText(std::string& out, const Column& column, std::size_t row) {
    if (column.isNull(row)) {
        out += "NULL";
        return;
    }
    std::string value;
    if (column.type().is(TypeId::Bytes)) {
        appendShownBytes(value, column.string(row));
    } else {
        appendCell(value, column, row);
    }
    out += excerpt(value, kLongestValue);
}

}  // namespace

std::optional<AlertMessage::Wrong> AlertMessage::parse(std::string_view text, const Schema& schema,
                                                       AlertMessage& out) {
    std::vector<Part> parts(1);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool twice = at + 1 < text.size() && text[at + 1] == c;
        if ((c == '{' || c == '}') && twice) {
            parts.back().text += c;
            ++at;
        } else if (c == '}') {
            return Wrong{at, 1, {}};
        } else if (c == '{') {
            const std::size_t end = text.find('}', at);
            if (end == std::string_view::npos) return Wrong{at, text.size() - at, {}};
            const std::string name(text.substr(at + 1, end - at - 1));
            const std::optional<int> column = schema.find(name);
            if (!column) return Wrong{at, end - at + 1, name.empty() ? std::string(" ") : name};
            parts.back().column = *column;
            parts.emplace_back();
            at = end;
        } else {
            parts.back().text += c;
        }
    }
    out.m_parts = std::move(parts);
    return std::nullopt;
}

std::string AlertMessage::of(const Batch& batch, std::size_t row) const {
    std::string out;
    for (const Part& part : m_parts) {
        out += part.text;
        if (part.column >= 0) appendValueText(out, batch.column(part.column), row);
    }
    return excerpt(out, kLongestMessage);
}

void AlertMessage::markColumns(std::vector<bool>& read) const {
    for (const Part& part : m_parts) {
        if (part.column >= 0) read[static_cast<std::size_t>(part.column)] = true;
    }
}

}  // namespace rw
